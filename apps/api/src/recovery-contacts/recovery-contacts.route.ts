import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { removeRecoveryContact } from './remove-recovery-contact.ts';
import { requestRecoveryContactCode } from './request-recovery-contact-code.ts';
import { setRecoveryContact } from './set-recovery-contact.ts';
import { viewRecoveryContact } from './view-recovery-contact.ts';

type Names =
  | 'requestRecoveryContactCode'
  | 'setRecoveryContact'
  | 'viewRecoveryContact'
  | 'removeRecoveryContact';

export function recoveryContactHandlers(deps: Deps): Pick<Handlers, Names> {
  return {
    requestRecoveryContactCode: ({ caller, body }) => requestRecoveryContactCode(deps, caller, body.hexkeyId),
    setRecoveryContact: ({ caller, body, address }) => setRecoveryContact(deps, caller, body, address),
    viewRecoveryContact: ({ caller, address }) => viewRecoveryContact(deps, caller, address),
    removeRecoveryContact: ({ caller, address }) => removeRecoveryContact(deps, caller, address),
  };
}
