import { DomainError, type SessionView } from '@hexkey/contract';
import { equalBytes } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { sessionViewOf } from '../sessions/session-view.ts';

/**
 * The nodes have committed: the account is guarded from now on. Called with PIN-auth, so the prepared key is in use;
 * repeated after a lost answer it does nothing new.
 * @throws {DomainError} `Forbidden` (pin-auth) when another preparation replaced the one that was proven
 */
export function activatePin(
  deps: Pick<Deps, 'clock' | 'random' | 'transact'>,
  { session, account }: Caller,
  address: string,
): Promise<SessionView> {
  const { pin_auth_key: provenKey } = account;
  if (provenKey === null) throw new DomainError('Forbidden', { reason: 'pin-not-set' });
  return deps.transact(async (stores) => {
    const activated = await stores.accounts.activatePin(account.id, provenKey, deps.clock.now());
    const current = await stores.accounts.get(account.id);
    if (current?.pin_state !== 'set' || !equalBytes(current.pin_auth_key ?? new Uint8Array(0), provenKey))
      throw new DomainError('Forbidden', { reason: 'pin-auth' });
    // The last step of a PIN upgrade: from here on the old PIN opens nothing.
    if (activated) await stores.legacyAccounts.endUpgrade(account.id, deps.clock.now());
    // A number that the account began with was seen to work when its code was typed, as one that is added later is.
    if (activated && current.phone_verified_at_ms !== null)
      await stores.drills.record(account.id, 'phone', current.phone_verified_at_ms);
    await stores.sessions.makeFull(session.id, deps.clock.now());
    // Another session that comes this way has shown the PIN, which is what `unlockSession` is.
    const operation = activated ? 'activatePin' : 'unlockSession';
    if (activated || session.state === 'locked')
      await addLogEntry(deps, stores, session, { operation, outcome: 'success', address });
    return sessionViewOf({ ...session, state: 'full', ends_at_ms: null }, current);
  });
}
