import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { requestPhoneCode } from './request-phone-code.ts';

export function phoneVerificationHandlers(deps: Deps): Pick<Handlers, 'requestPhoneCode'> {
  return { requestPhoneCode: ({ body, address }) => requestPhoneCode(deps, body, address) };
}
