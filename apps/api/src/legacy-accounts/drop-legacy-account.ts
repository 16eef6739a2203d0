import { DomainError } from '@hexkey/contract';
import { findUser } from '../admin/find-user.ts';
import type { Stores } from '../database/stores.ts';

/**
 * Takes an import back whose owner never came: the number may have gone to somebody else since. What is left is a tombstone of the Hexkey
 * ID, as after a deletion. An account that somebody has begun to upgrade is its owner's. Call inside a transaction.
 * @throws {DomainError} `NotFound` (account), `Forbidden` (not-allowed)
 */
export async function dropLegacyAccount(stores: Stores, hexkeyId: string, nowMs: number): Promise<void> {
  const { id, pin_state } = await findUser(stores, hexkeyId);
  const legacy = await stores.legacyAccounts.get(id);
  const isWaiting = legacy !== null && legacy.hash_sealed !== null && pin_state === 'unset';
  if (!isWaiting || (await stores.sessions.list(id, nowMs)).length > 0)
    throw new DomainError('Forbidden', { reason: 'not-allowed' });
  await stores.deletions.eraseRows(id, nowMs);
}
