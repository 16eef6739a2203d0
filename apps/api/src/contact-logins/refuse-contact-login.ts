import { DomainError } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { accountSubject } from '../limits/subjects.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { noticedDevice, tellDevices } from '../team-hexkey/tell-devices.ts';
import { pauseContactLogins } from './pause.ts';

/**
 * The owner, who has shown the PIN, says no: the code is dead, the session it made too while that has not shown the PIN, and
 * nobody comes this way for 24 hours.
 * @throws {DomainError} `NotFound` (contact-login)
 */
export async function refuseContactLogin(
  deps: Pick<Deps, 'clock' | 'random' | 'keys' | 'teamKey' | 'transact'>,
  { session, account }: Caller,
  contactLoginId: string,
  address: string,
): Promise<void> {
  const nowMs = deps.clock.now();
  await deps.transact(async (stores) => {
    const login = await stores.contactLogins.lock(contactLoginId);
    if (login === null || login.account_id !== account.id || login.expires_at_ms <= nowMs)
      throw new DomainError('NotFound', { what: 'contact-login' });
    if (login.refused_at_ms !== null) return;
    await stores.contactLogins.update(login.id, { refused_at_ms: nowMs, code_mac: null, tries_left: 0 });
    const made = login.session_id === null ? null : await stores.sessions.get(login.session_id);
    if (made?.state === 'locked') await stores.sessions.drop(made.id);
    await pauseContactLogins(deps, stores, accountSubject(deps.keys, account.id));
    await tellDevices(deps, stores, account.id, {
      kind: 'contactLoginRefused',
      parameters: { device: noticedDevice(session, address) },
    });
    const operation = 'refuseContactLogin';
    await addLogEntry(deps, stores, session, { operation, outcome: 'success', address });
  });
}
