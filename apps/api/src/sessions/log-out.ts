import { DomainError } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import { countMethods } from '../recovery-kit/count-methods.ts';
import type { Caller } from './authenticate-request.ts';

/** Ends the session after the PIN. @throws {DomainError} `NoRecoveryMethod`: there would be no way back in */
export async function logOut(
  deps: Pick<Deps, 'clock' | 'random' | 'transact'>,
  { session, account }: Caller,
  address: string,
): Promise<void> {
  await deps.transact(async (stores) => {
    if ((await countMethods(stores, account)) === 0) throw new DomainError('NoRecoveryMethod', {});
    await addLogEntry(deps, stores, session, { operation: 'logOut', outcome: 'success', address });
    await stores.sessions.drop(session.id);
  });
}
