import type { Deps } from '../deps.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from './authenticate-request.ts';

/** Drops the session without the PIN. */
export async function switchAccount(
  deps: Pick<Deps, 'clock' | 'random' | 'transact'>,
  { session }: Caller,
  address: string,
): Promise<void> {
  await deps.transact(async (stores) => {
    await addLogEntry(deps, stores, session, { operation: 'switchAccount', outcome: 'success', address });
    await stores.sessions.drop(session.id);
  });
}
