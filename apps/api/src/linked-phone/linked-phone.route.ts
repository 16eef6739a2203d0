import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { linkPhone } from './link-phone.ts';
import { requestPhoneLinkCode } from './request-phone-link-code.ts';

export function linkedPhoneHandlers(deps: Deps): Pick<Handlers, 'requestPhoneLinkCode' | 'linkPhone'> {
  return {
    requestPhoneLinkCode: ({ caller, body, address }) => requestPhoneLinkCode(deps, caller, body, address),
    linkPhone: ({ caller, body, address }) => linkPhone(deps, caller, body, address),
  };
}
