import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { activatePin } from './activate-pin.ts';
import { changePin } from './change-pin.ts';
import { createPinChallenge } from './create-pin-challenge.ts';
import { preparePin } from './prepare-pin.ts';
import { unlockSession } from './unlock-session.ts';

export function pinHandlers(
  deps: Deps,
): Pick<Handlers, 'createPinChallenge' | 'preparePin' | 'activatePin' | 'unlockSession' | 'changePin'> {
  return {
    createPinChallenge: ({ caller }) => createPinChallenge(deps, caller),
    preparePin: ({ caller, body }) => preparePin(deps, caller, body),
    activatePin: ({ caller, address }) => activatePin(deps, caller, address),
    changePin: ({ caller, address }) => changePin(deps, caller, address),
    unlockSession: ({ caller, address }) => unlockSession(deps, caller, address),
  };
}
