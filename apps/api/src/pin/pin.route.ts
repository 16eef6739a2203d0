import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { activateNewSecret } from './activate-new-secret.ts';
import { activatePin } from './activate-pin.ts';
import { changePin } from './change-pin.ts';
import { createPinChallenge } from './create-pin-challenge.ts';
import { moveNodeSet } from './move-node-set.ts';
import { prepareNewSecret } from './prepare-new-secret.ts';
import { preparePin } from './prepare-pin.ts';
import { unlockSession } from './unlock-session.ts';

export function pinHandlers(
  deps: Deps,
): Pick<
  Handlers,
  | 'createPinChallenge'
  | 'preparePin'
  | 'activatePin'
  | 'unlockSession'
  | 'changePin'
  | 'moveNodeSet'
  | 'prepareNewSecret'
  | 'activateNewSecret'
> {
  return {
    createPinChallenge: ({ caller }) => createPinChallenge(deps, caller),
    preparePin: ({ caller, body }) => preparePin(deps, caller, body),
    activatePin: ({ caller, address }) => activatePin(deps, caller, address),
    changePin: ({ caller, body, address }) => changePin(deps, caller, body, address),
    moveNodeSet: ({ caller, body, address }) => moveNodeSet(deps, caller, body, address),
    prepareNewSecret: ({ caller, body, address }) => prepareNewSecret(deps, caller, body, address),
    activateNewSecret: ({ caller, address }) => activateNewSecret(deps, caller, address),
    unlockSession: ({ caller, address }) => unlockSession(deps, caller, address),
  };
}
