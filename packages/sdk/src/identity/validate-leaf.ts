import { type DeviceList, isListed, isOfLine, verifyCredential } from '@hexkey/protocol';
import type { AcceptedDevice } from './identity.ts';

/** A leaf that wants to be believed. */
export interface LeafClaim {
  /** Of its basic credential. */
  readonly identity: Uint8Array;
  /** Ed25519, 32 bytes. */
  readonly signatureKey: Uint8Array;
  readonly how: 'entering' | 'present';
}

/**
 * Whether a leaf may be in a group: its credential is signed by the account's AIK, or by one that handed over to it, and the account's list names
 * device and key. A server holds no AIK, so a device of its own making fails here whatever list it shows (docs/protocol/messaging.md section 1).
 *
 * @param listOf the list that is pinned
 * @param refresh asks the server for it once more, and judges the answer
 * @throws what `refresh` throws: then nothing is known about the leaf
 */
export async function validateLeaf(
  { identity, signatureKey, how }: LeafClaim,
  listOf: (accountId: string) => Promise<DeviceList | null>,
  refresh: (accountId: string) => Promise<void>,
): Promise<AcceptedDevice | null> {
  const credential = verifyCredential(identity, signatureKey);
  if (credential === null) return null;
  const { accountId, deviceId, aik } = credential;
  const isExplained = (list: DeviceList | null) =>
    list !== null && isOfLine(list, aik) && isListed(list, deviceId, signatureKey);
  let list = await listOf(accountId);
  if (!isExplained(list)) {
    await refresh(accountId);
    list = await listOf(accountId);
  }
  if (list === null || !isOfLine(list, aik)) return null;
  if (how === 'entering' && !isExplained(list)) return null;
  return { accountId, deviceId, accountKey: list.handovers[0]?.previousAik ?? list.aik };
}
