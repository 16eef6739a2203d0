import type { Deps } from '../deps.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

/**
 * Writes a PIN change into the log and dates the PIN anew. Told before the first node commits, so that no change takes effect without
 * an entry; an interrupted one, told again when it is finished, has two.
 */
export function changePin(
  deps: Pick<Deps, 'clock' | 'random' | 'transact'>,
  { session, account }: Caller,
  address: string,
): Promise<void> {
  return deps.transact(async (stores) => {
    await stores.accounts.redatePin(account.id, deps.clock.now());
    await addLogEntry(deps, stores, session, { operation: 'changePin', outcome: 'success', address });
  });
}
