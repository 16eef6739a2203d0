import { DomainError } from '@hexkey/contract';
import type { NodeChannel } from './node-channel.ts';

/**
 * Ends a device at the PIN nodes: there it counts as new from now on. The asking device must have shown each node the right PIN within ten
 * minutes. Nodes that are away keep it enrolled, fewer than t, which cannot evaluate a guess together; asking again is safe.
 *
 * @param thumbprint RFC 7638 thumbprint of the device's key, 32 bytes
 * @returns how many nodes have forgotten it, at least t
 * @throws {DomainError} `NodesUnavailable` below that
 */
export async function forgetDeviceAtNodes(channel: NodeChannel, thumbprint: Uint8Array): Promise<number> {
  const { nodes, threshold } = channel.set.nodeSet;
  const answered = await Promise.all(
    nodes.map(async ({ realmId }) => {
      const reply = await channel.ask(realmId, { kind: 'ForgetDevice', device: thumbprint });
      return reply.ok && reply.answer.outcome === 'Ok';
    }),
  );
  const forgotten = answered.filter(Boolean).length;
  if (forgotten < threshold)
    throw new DomainError('NodesUnavailable', { reachable: forgotten, needed: threshold });
  return forgotten;
}
