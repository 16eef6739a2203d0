import { DomainError, type SessionView } from '@hexkey/contract';
import { pendingDeletion } from '../deletion/pending-deletion.ts';
import type { Deps } from '../deps.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { sessionViewOf } from '../sessions/session-view.ts';

/** The device has shown the PIN. @throws {DomainError} `Forbidden` (pin-not-set) before `activatePin`, `DeletionPending` until the owner keeps the account */
export function unlockSession(
  deps: Pick<Deps, 'clock' | 'random' | 'transact'>,
  { session, account }: Caller,
  address: string,
): Promise<SessionView> {
  if (account.pin_state !== 'set') throw new DomainError('Forbidden', { reason: 'pin-not-set' });
  return deps.transact(async (stores) => {
    const pending = await pendingDeletion(stores, account.id);
    if (pending !== null) {
      const { requestedAtMs, effectiveAtMs } = pending;
      throw new DomainError('DeletionPending', { requestedAtMs, effectiveAtMs });
    }
    await stores.sessions.makeFull(session.id, deps.clock.now());
    await addLogEntry(deps, stores, session, { operation: 'unlockSession', outcome: 'success', address });
    return sessionViewOf({ ...session, state: 'full', ends_at_ms: null }, account);
  });
}
