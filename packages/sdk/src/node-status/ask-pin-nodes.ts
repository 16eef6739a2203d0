import {
  fromBase64url,
  keyFingerprint,
  type NodeSet,
  type NodeSetEntry,
  type VerifiedNodeSet,
} from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { loadSetsOf } from '../account/open-nodes.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { dominantOperator } from './dominant-operator.ts';
import { askHealth } from './node-health.ts';
import type { DescribedNode, NextNodes, PinNodes } from './pin-nodes.ts';

/**
 * Asks every node of the account's set how it is, all at once; each has the time that one node may take.
 * @throws {DomainError} `Offline`, `NodeSetMismatch`
 */
export async function askPinNodes(client: Client, account: KeptAccount): Promise<PinNodes> {
  const { deps } = client;
  const askedAtMs = deps.clock.now();
  const { sets, own } = await loadSetsOf(client, account);
  const { nodeSet } = sets[own] as VerifiedNodeSet;
  const nodes = await Promise.all(
    nodeSet.nodes.map(async (node) => ({
      ...described(node),
      ...(await askHealth(deps, node)),
    })),
  );
  return { ...summary(nodeSet), nodes, next: own < sets.length - 1 ? nextOf(sets) : null, askedAtMs };
}

function nextOf(sets: readonly VerifiedNodeSet[]): NextNodes {
  const { nodeSet } = sets.at(-1) as VerifiedNodeSet;
  return { ...summary(nodeSet), nodes: nodeSet.nodes.map(described) };
}

function summary({ id: setId, epoch, threshold, nodes }: NodeSet) {
  return { setId, epoch, threshold, dominantOperator: dominantOperator(nodes, threshold) };
}

function described(node: NodeSetEntry): DescribedNode {
  const { realmId, name, operator, region, address, logKey } = node;
  return { realmId, name, operator, region, address, fingerprint: keyFingerprint(fromBase64url(logKey)) };
}
