import {
  fromHex,
  isGenuineRelease,
  type ReleasedShare,
  type UnlockKey,
  unlockKeyTag,
} from '@hexkey/protocol';
import type { NodeChannel } from './node-channel.ts';

/**
 * Shows one node that the guess was right: it clears this device's attempts and releases its share.
 * @returns null when the node did not answer, or released what the record's maker never gave it
 */
export async function releaseAtNode(
  channel: NodeChannel,
  realmId: string,
  version: Uint8Array,
  unlockKey: UnlockKey,
): Promise<ReleasedShare | null> {
  const tag = unlockKeyTag(unlockKey.key, fromHex(realmId));
  const reply = await channel.ask(realmId, { kind: 'Recover3', version, unlockKeyTag: tag });
  if (!reply.ok || reply.answer.outcome !== 'Ok') return null;
  return isGenuineRelease(realmId, unlockKey.key, reply.answer) ? reply.answer : null;
}
