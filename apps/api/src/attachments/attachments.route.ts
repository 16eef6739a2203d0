import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { createAttachment } from './create-attachment.ts';
import { dropAttachment, takenAttachment } from './forget-attachment.ts';

export function attachmentHandlers(
  deps: Deps,
): Pick<Handlers, 'createAttachment' | 'takenAttachment' | 'dropAttachment'> {
  return {
    createAttachment: ({ caller, body }) => createAttachment(deps, caller, body),
    takenAttachment: ({ caller, body }) => takenAttachment(deps, caller, body.attachmentId),
    dropAttachment: ({ caller, body }) => dropAttachment(deps, caller, body.attachmentId),
  };
}
