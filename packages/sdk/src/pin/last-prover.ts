import { DomainError } from '@hexkey/contract';
import type { HeldVersion } from '@hexkey/protocol';
import type { NodeChannel } from './node-channel.ts';

/** What those nodes hold now that no other device has shown a PIN since this operation learned their mark. */
export async function heldUnchanged(
  channel: NodeChannel,
  realmIds: Iterable<string>,
): Promise<ReadonlyMap<string, readonly HeldVersion[]>> {
  const answered = await Promise.all(
    [...realmIds].map(async (realmId) => {
      const reply = await channel.ask(realmId, { kind: 'ListVersions' });
      const isUnchanged = reply.ok && channel.marks.isUnchanged(realmId, reply.answer.rightPinMark);
      return isUnchanged ? [[realmId, reply.answer.versions] as const] : [];
    }),
  );
  return new Map(answered.flat());
}

/**
 * Goes on only when t nodes were shown the PIN by this operation and by no device since. Every node is asked after every right PIN of this
 * operation, so two devices that prove at the same time, one first at some nodes and the other at the rest, never both find it so: the one
 * that is refused surveys anew (ADR 48). A first set has shown no PIN and passes.
 * @throws {DomainError} `NodesUnavailable` with the nodes that are still this operation's
 */
export async function requireLastProver(channel: NodeChannel): Promise<void> {
  const shown = channel.marks.shown();
  if (shown.length === 0) return;
  checkLastProver(channel, await heldUnchanged(channel, shown));
}

/** The same, with the answers in hand. */
export function checkLastProver(channel: NodeChannel, unchanged: ReadonlyMap<string, unknown>): void {
  const { threshold } = channel.set.nodeSet;
  const shown = channel.marks.shown();
  const reachable = shown.filter((realmId) => unchanged.has(realmId)).length;
  if (shown.length > 0 && reachable < threshold)
    throw new DomainError('NodesUnavailable', { reachable, needed: threshold });
}
