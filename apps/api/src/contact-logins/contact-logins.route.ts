import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { loginWithContact } from './login-with-contact.ts';
import { offerContactLogin } from './offer-contact-login.ts';
import { refuseContactLogin } from './refuse-contact-login.ts';
import { requestContactLoginCode } from './request-contact-login-code.ts';

type Names = 'offerContactLogin' | 'requestContactLoginCode' | 'loginWithContact' | 'refuseContactLogin';

export function contactLoginHandlers(deps: Deps): Pick<Handlers, Names> {
  return {
    offerContactLogin: ({ body, address }) => offerContactLogin(deps, body, address),
    requestContactLoginCode: ({ body, address }) => requestContactLoginCode(deps, body, address),
    loginWithContact: ({ body, address }) => loginWithContact(deps, body, address),
    refuseContactLogin: ({ caller, body, address }) =>
      refuseContactLogin(deps, caller, body.contactLoginId, address),
  };
}
