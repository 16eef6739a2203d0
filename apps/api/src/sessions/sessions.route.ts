import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { logOut } from './log-out.ts';
import { sessionViewOf } from './session-view.ts';
import { switchAccount } from './switch-account.ts';

export function sessionHandlers(deps: Deps): Pick<Handlers, 'getSession' | 'switchAccount' | 'logOut'> {
  return {
    getSession: ({ caller }) => sessionViewOf(caller.session, caller.account),
    switchAccount: ({ caller, address }) => switchAccount(deps, caller, address),
    logOut: ({ caller, address }) => logOut(deps, caller, address),
  };
}
