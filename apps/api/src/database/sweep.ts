import { ticketsKeptMs } from '../support/retention.ts';
import type { Stores } from './stores.ts';

/** Drops what time has ended. Nothing relies on it: every reader compares times itself. */
export async function sweep(stores: Stores, nowMs: number): Promise<void> {
  await stores.sessions.dropEnded(nowMs);
  await stores.requestNonces.dropExpired(nowMs);
  await stores.loginChallenges.dropExpired(nowMs);
  await stores.phoneVerifications.dropExpired(nowMs);
  await stores.pinChallenges.dropExpired(nowMs);
  await stores.limits.dropExpired(nowMs);
  await stores.teamQueue.dropExpired(nowMs);
  await stores.recoveryContacts.dropExpiredCodes(nowMs);
  await stores.contactLogins.dropExpired(nowMs);
  await stores.drills.dropExpired(nowMs);
  await stores.captchas.dropExpired(nowMs);
  await stores.deviceLinks.dropExpired(nowMs);
  await stores.keyPackages.dropExpired(nowMs);
  await stores.envelopes.dropExpired(nowMs);
  await stores.sentIds.dropExpired(nowMs);
  await stores.groupInvites.dropExpired(nowMs);
  await stores.namedKeys.dropExpiredChallenges(nowMs);
  await stores.supportTickets.dropExpired(nowMs, nowMs - ticketsKeptMs);
}
