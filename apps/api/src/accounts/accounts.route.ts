import { toBase64url } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { viewAccount } from './account-view.ts';
import { createLoginChallenge } from './create-login-challenge.ts';
import { loginWithPhone } from './login-with-phone.ts';
import { loginWithWords } from './login-with-words.ts';
import { registerWithPhone } from './register-with-phone.ts';
import { registerWithWords } from './register-with-words.ts';
import { renameAccount } from './rename-account.ts';

type Names =
  | 'createLoginChallenge'
  | 'registerWithWords'
  | 'loginWithWords'
  | 'registerWithPhone'
  | 'loginWithPhone'
  | 'getAccount'
  | 'updateProfile'
  | 'getSealedEntropy';

export function accountHandlers(deps: Deps): Pick<Handlers, Names> {
  return {
    createLoginChallenge: ({ body, address }) => createLoginChallenge(deps, body, address),
    registerWithWords: ({ body, address }) => registerWithWords(deps, body, address),
    loginWithWords: ({ body, address }) => loginWithWords(deps, body, address),
    registerWithPhone: ({ body, address }) => registerWithPhone(deps, body, address),
    loginWithPhone: ({ body, address }) => loginWithPhone(deps, body, address),
    getAccount: ({ caller }) => viewAccount(deps, caller),
    updateProfile: ({ caller, body }) => renameAccount(deps, caller, body),
    getSealedEntropy: ({ caller: { account } }) => ({
      sealedEntropy: account.sealed_entropy === null ? null : toBase64url(account.sealed_entropy),
    }),
  };
}
