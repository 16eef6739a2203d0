import { type AnswerOf, type BodyOf, DomainError, type routes } from '@hexkey/contract';
import type { Account } from '../accounts/accounts.store.ts';
import type { Stores } from '../database/stores.ts';
import type { RecoveryMethod } from '../database/tables.ts';
import type { Deps } from '../deps.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import { contactOf } from '../recovery-contacts/contact-of.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { readDeviceKey } from '../sessions/device-key.ts';

type Route = typeof routes.startDrill;
/** As long as the PIN that was shown for it serves a flow. */
const drillMs = 15 * 60_000;

/**
 * Waits for a login of one method by one device key, which then is a rehearsal. Needs the PIN: nobody else may make a login that the
 * owner's devices are not told of.
 * @throws {DomainError} `PhoneNeeded`, `NoRecoveryContact`, `InvalidRecoveryContact` with the reason
 */
export async function startDrill(
  deps: Pick<Deps, 'clock' | 'random' | 'transact'>,
  { session, account }: Caller,
  { method, deviceKey }: BodyOf<Route>,
  address: string,
): Promise<AnswerOf<Route>> {
  const expiresAtMs = deps.clock.now() + drillMs;
  await deps.transact(async (stores) => {
    await requireMethod(stores, account, method);
    await stores.sessions.dropDrills(account.id);
    await stores.drills.open({
      account_id: account.id,
      opened_by_session_id: session.id,
      method,
      device_key: readDeviceKey(deviceKey),
      expires_at_ms: expiresAtMs,
      got_in: false,
      worked_at_ms: null,
    });
    await addLogEntry(deps, stores, session, { operation: 'startDrill', outcome: 'success', address });
  });
  return { expiresAtMs };
}

/** A login that cannot come to be is refused before its owner waits for a code. */
async function requireMethod(stores: Stores, account: Account, method: RecoveryMethod): Promise<void> {
  if (method === 'words') return;
  if (account.phone_hash === null) throw new DomainError('PhoneNeeded', {});
  if (method === 'phone') return;
  const contact = await contactOf(stores, account.id);
  if (contact === null) throw new DomainError('NoRecoveryContact', {});
  if (contact.problem !== null) throw new DomainError('InvalidRecoveryContact', { reason: contact.problem });
}
