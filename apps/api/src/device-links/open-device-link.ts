import type { AnswerOf, BodyOf, routes } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import type { Caller } from '../sessions/authenticate-request.ts';
import { lockScannedLink } from './scanned-link.ts';

type Route = typeof routes.openDeviceLink;
/** From the scan: time to read which device it is, and to enter the PIN at nodes that may be slow. */
const approveWithinMs = 5 * 60_000;

/** The link is this session's from now on. @throws {DomainError} `NotFound` (device-link) */
export async function openDeviceLink(
  { clock, transact }: Pick<Deps, 'clock' | 'transact'>,
  { session }: Caller,
  scanned: BodyOf<Route>,
): Promise<AnswerOf<Route>> {
  const nowMs = clock.now();
  return transact(async (stores) => {
    const link = await lockScannedLink(stores, scanned, session, nowMs);
    // A second scan by the same session does not give it more time.
    const isFirst = link.opened_by_session_id === null;
    const expiresAtMs = isFirst ? nowMs + approveWithinMs : link.expires_at_ms;
    await stores.deviceLinks.update(link.id, {
      opened_by_session_id: session.id,
      expires_at_ms: expiresAtMs,
    });
    return {
      device: { name: link.device_name, platform: link.platform },
      place: link.place,
      expiresAtMs,
    };
  });
}
