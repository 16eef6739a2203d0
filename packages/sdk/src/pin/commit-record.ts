import { DomainError } from '@hexkey/contract';
import type { NodeChannel } from './node-channel.ts';
import type { StagedRecord } from './stage-record.ts';

/**
 * Makes a staged record the one each node serves. Committing twice is harmless.
 * @returns the nodes that have committed, at least t
 * @throws {DomainError} `NodesUnavailable` below that: the set is interrupted, and proving the same PIN finishes it
 */
export async function commitRecord(
  channel: NodeChannel,
  { version, tags }: StagedRecord,
): Promise<readonly string[]> {
  const { threshold } = channel.set.nodeSet;
  const answered = await Promise.all(
    [...tags].map(async ([realmId, unlockKeyTag]) => {
      const reply = await channel.ask(realmId, { kind: 'Commit', version, unlockKeyTag });
      return reply.ok && reply.answer.outcome === 'Ok' ? [realmId] : [];
    }),
  );
  const committed = answered.flat();
  if (committed.length < threshold)
    throw new DomainError('NodesUnavailable', { reachable: committed.length, needed: threshold });
  return committed;
}
