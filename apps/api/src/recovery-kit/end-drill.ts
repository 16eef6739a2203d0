import { type BodyOf, DomainError, type routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';

/**
 * Takes away what a rehearsal made: its session, and its login through the contact. A method is dated only when its login was seen here
 * and its owner's device found the rest in order. A repeated end is the same end.
 * @throws {DomainError} `DrillEnded` for one that worked, where none got in
 */
export async function endDrill(
  deps: Pick<Deps, 'clock' | 'random' | 'transact'>,
  { session, account }: Caller,
  { worked, contactLoginId }: BodyOf<typeof routes.endDrill>,
  address: string,
): Promise<void> {
  const nowMs = deps.clock.now();
  await deps.transact(async (stores) => {
    const found = await stores.drills.lock(account.id);
    // Of another device's rehearsal nothing is said and nothing is changed.
    const drill = found?.opened_by_session_id === session.id ? found : null;
    if (worked && (drill === null || !drill.got_in || drill.expires_at_ms <= nowMs))
      throw new DomainError('DrillEnded', {});
    if (drill === null || drill.worked_at_ms !== null) return;
    await stores.sessions.dropDrills(account.id);
    if (drill.method === 'contact' && contactLoginId !== null)
      await stores.contactLogins.drop(account.id, contactLoginId);
    if (!worked) return stores.drills.close(account.id);
    await stores.drills.noteWorked(account.id, nowMs);
    await stores.drills.record(account.id, drill.method, nowMs);
    await addLogEntry(deps, stores, session, { operation: 'endDrill', outcome: 'success', address });
  });
}
