import { DomainError } from '@hexkey/contract';
import { deviceKeyThumbprint } from '@hexkey/protocol';
import type { Stores } from '../database/stores.ts';
import type { Session } from '../sessions/sessions.store.ts';
import type { DeviceLink } from './device-links.store.ts';

/**
 * A live link as a session has scanned it: with the device key it was made for, and by no other session before.
 * @throws {DomainError} `NotFound` (device-link), whatever does not fit
 */
export async function lockScannedLink(
  stores: Pick<Stores, 'deviceLinks'>,
  scanned: { readonly linkId: string; readonly deviceKeyThumbprint: string },
  session: Session,
  nowMs: number,
): Promise<DeviceLink> {
  const link = await stores.deviceLinks.lock(scanned.linkId, nowMs);
  if (
    link === null ||
    deviceKeyThumbprint(link.device_key) !== scanned.deviceKeyThumbprint ||
    (link.opened_by_session_id !== null && link.opened_by_session_id !== session.id)
  )
    throw noSuchLink();
  return link;
}

export const noSuchLink = () => new DomainError('NotFound', { what: 'device-link' });
