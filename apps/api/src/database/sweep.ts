import type { Stores } from './stores.ts';

/** Drops what time has ended. Nothing relies on it: every reader compares times itself. */
export async function sweep(stores: Stores, nowMs: number): Promise<void> {
  await stores.sessions.dropEnded(nowMs);
  await stores.requestNonces.dropExpired(nowMs);
  await stores.loginChallenges.dropExpired(nowMs);
  await stores.phoneVerifications.dropExpired(nowMs);
  await stores.pinChallenges.dropExpired(nowMs);
  await stores.limits.dropExpired(nowMs);
}
