import { DomainError, type SessionView } from '@hexkey/contract';
import { equalBytes } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { sessionViewOf } from '../sessions/session-view.ts';

/**
 * The new PIN has won: the secret whose key signed this is the account's, every other session ends, and nothing is prepared any more.
 * Under the key that is current already nothing changes, so a lost answer may be asked for again.
 * @throws {DomainError} `Forbidden` (pin-auth) when another secret was activated meanwhile
 */
export function activateNewSecret(
  deps: Pick<Deps, 'clock' | 'random' | 'transact'>,
  { session, account, pinAuthKey: provenKey }: Caller,
  address: string,
): Promise<SessionView> {
  return deps.transact(async (stores) => {
    const current = await stores.accounts.get(account.id);
    if (current === null || current.pin_auth_key === null || provenKey === null)
      throw new DomainError('Forbidden', { reason: 'pin-auth' });
    if (equalBytes(current.pin_auth_key, provenKey)) return sessionViewOf(session, current);
    const prepared = await stores.preparedSecrets.list(account.id);
    const secret = prepared.find(({ pin_auth_key }) => equalBytes(pin_auth_key, provenKey));
    if (secret === undefined) throw new DomainError('Forbidden', { reason: 'pin-auth' });
    await stores.accounts.replaceSecret(account.id, secret, deps.clock.now());
    const { sealed_shares, aik, address_signature } = secret;
    if (sealed_shares !== null && aik !== null && address_signature !== null)
      await stores.wallets.rewrap(account.id, { sealed_shares, aik, address_signature });
    await stores.preparedSecrets.drop(account.id);
    await stores.payKeys.dropAll(account.id);
    await stores.sessions.dropOthers(account.id, session.id);
    await addLogEntry(deps, stores, session, { operation: 'activateNewSecret', outcome: 'success', address });
    return sessionViewOf(session, current);
  });
}
