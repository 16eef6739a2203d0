import { DomainError } from '@hexkey/contract';
import { equalBytes } from '@hexkey/protocol';
import { checkLastProver, heldUnchanged } from './last-prover.ts';
import type { NodeChannel } from './node-channel.ts';
import type { StagedRecord } from './stage-record.ts';

/**
 * Makes a staged record the one each node serves. Committing twice is harmless. Nothing is committed when another device has replaced
 * the record meanwhile: a node that commits what fewer than t hold is lost to the account.
 * @returns the nodes that have committed, at least t
 * @throws {DomainError} `NodesUnavailable` below that: the set is interrupted, and proving the same PIN finishes it
 */
export async function commitRecord(
  channel: NodeChannel,
  { version, tags }: StagedRecord,
): Promise<readonly string[]> {
  const { threshold } = channel.set.nodeSet;
  await checkStillHeld(channel, { version, tags });
  const answered = await Promise.all(
    [...tags].map(async ([realmId, unlockKeyTag]) => {
      const reply = await channel.ask(realmId, {
        kind: 'Commit',
        version,
        unlockKeyTag,
        ...channel.marks.named(realmId),
      });
      return reply.ok && reply.answer.outcome === 'Ok' ? [realmId] : [];
    }),
  );
  const committed = answered.flat();
  if (committed.length < threshold)
    throw new DomainError('NodesUnavailable', { reachable: committed.length, needed: threshold });
  return committed;
}

/** No other device has replaced the record, or proven a PIN to replace it by. @throws {DomainError} `NodesUnavailable` below t */
async function checkStillHeld(channel: NodeChannel, { version, tags }: StagedRecord): Promise<void> {
  const { threshold } = channel.set.nodeSet;
  const unchanged = await heldUnchanged(channel, new Set([...tags.keys(), ...channel.marks.shown()]));
  const holders = [...tags.keys()].filter((realmId) =>
    unchanged.get(realmId)?.some((item) => equalBytes(item.version, version)),
  );
  const reachable = holders.length;
  if (reachable < threshold) throw new DomainError('NodesUnavailable', { reachable, needed: threshold });
  checkLastProver(channel, unchanged);
}
