import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { endDevice, endOtherDevices } from './end-devices.ts';
import { listDevices } from './list-devices.ts';
import { logOut } from './log-out.ts';
import { sessionViewOf } from './session-view.ts';
import { switchAccount } from './switch-account.ts';

type SessionRoute =
  | 'getSession'
  | 'switchAccount'
  | 'logOut'
  | 'listDevices'
  | 'endDevice'
  | 'endOtherDevices';

export function sessionHandlers(deps: Deps): Pick<Handlers, SessionRoute> {
  return {
    getSession: ({ caller }) => sessionViewOf(caller.session, caller.account),
    switchAccount: ({ caller, address }) => switchAccount(deps, caller, address),
    logOut: ({ caller, address }) => logOut(deps, caller, address),
    listDevices: ({ caller }) => listDevices(deps, caller),
    endDevice: ({ caller, body, address }) => endDevice(deps, caller, body.sessionId, address),
    endOtherDevices: ({ caller, address }) => endOtherDevices(deps, caller, address),
  };
}
