import type { Deps } from '../deps.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

/** The owner has typed every word in order. Once is enough; again dates the rehearsal. */
export async function confirmWordsBackup(
  deps: Pick<Deps, 'clock' | 'random' | 'transact'>,
  { session, account }: Caller,
  address: string,
): Promise<void> {
  const nowMs = deps.clock.now();
  await deps.transact(async (stores) => {
    await stores.accounts.markWordsBackedUp(account.id, nowMs);
    await stores.drills.record(account.id, 'words', nowMs);
    const operation = 'confirmWordsBackup';
    await addLogEntry(deps, stores, session, { operation, outcome: 'success', address });
  });
}
