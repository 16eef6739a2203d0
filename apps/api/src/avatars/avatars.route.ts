import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { putAvatar, removeAvatar } from './change-avatar.ts';

export function avatarHandlers(deps: Deps): Pick<Handlers, 'putAvatar' | 'removeAvatar'> {
  return {
    putAvatar: ({ caller, body }) => putAvatar(deps, caller, body.image),
    removeAvatar: ({ caller }) => removeAvatar(deps, caller),
  };
}
