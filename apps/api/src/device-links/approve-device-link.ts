import type { BodyOf, routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import { readBytes } from '../field-bytes.ts';
import { addLogEntry } from '../logs/add-log-entry.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { lockScannedLink, noSuchLink } from './scanned-link.ts';

/** The new device has this long to collect, and to repeat a request whose answer was lost. */
const collectWithinMs = 2 * 60_000;

/**
 * The owner, who has shown the PIN, lets the new device in. What is approved stays: another seal does not take its place.
 * @throws {DomainError} `NotFound` (device-link), also before it was opened
 */
export async function approveDeviceLink(
  deps: Pick<Deps, 'clock' | 'random' | 'transact'>,
  { session }: Caller,
  body: BodyOf<typeof routes.approveDeviceLink>,
  address: string,
): Promise<void> {
  const nowMs = deps.clock.now();
  const sealed = {
    encapsulated_key: readBytes(body.encapsulatedKey, 'encapsulatedKey'),
    ciphertext: readBytes(body.ciphertext, 'ciphertext'),
  };
  await deps.transact(async (stores) => {
    const link = await lockScannedLink(stores, body, session, nowMs);
    if (link.opened_by_session_id === null) throw noSuchLink();
    if (link.ciphertext !== null) return;
    await stores.deviceLinks.update(link.id, { ...sealed, expires_at_ms: nowMs + collectWithinMs });
    const operation = 'approveDeviceLink';
    await addLogEntry(deps, stores, session, { operation, outcome: 'success', address });
  });
}
