import { DomainError, type RecoveryContactView } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { contactOf, recoveryContactViewOf } from './contact-of.ts';

/** Who the recovery contact is, for the PIN. @throws {DomainError} `NoRecoveryContact` */
export function viewRecoveryContact(
  deps: Pick<Deps, 'clock' | 'random' | 'transact'>,
  { session, account }: Caller,
  address: string,
): Promise<RecoveryContactView> {
  return deps.transact(async (stores) => {
    const contact = await contactOf(stores, account.id);
    if (contact === null) throw new DomainError('NoRecoveryContact', {});
    const operation = 'viewRecoveryContact';
    await addLogEntry(deps, stores, session, { operation, outcome: 'success', address });
    return recoveryContactViewOf(account.id, contact);
  });
}
