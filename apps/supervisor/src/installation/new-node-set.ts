import {
  type KeyPair,
  type NodeSet,
  type NodeSetEntry,
  type SignedNodeSet,
  signNodeSet,
  utf8,
} from '@hexkey/protocol';

/** Public facts a node prints when it is made. */
export interface NewNode {
  readonly realmId: string;
  readonly logKey: string;
  readonly hpkeKey: string;
}

const hourMs = 3_600_000;
/** Pin-network specification, section 3. */
const limits: NodeSet['limits'] = {
  provenDevice: { attempts: 5, windowMs: 24 * hourMs },
  words: { attempts: 10, windowMs: 7 * 24 * hourMs },
  newDevice: { attempts: 10, windowMs: 7 * 24 * hourMs },
};

/**
 * The first node set of an installation whose nodes all stand behind its own front door (docs/protocol/pin-node.md
 * section 1). Addresses are relative, so that the same set holds when the public URL changes.
 *
 * @param id names this installation
 * @param nodes an odd number of at least 3
 */
export function newNodeSet(
  id: string,
  tenant: string,
  nodes: readonly NewNode[],
  operator: KeyPair,
): SignedNodeSet {
  const nodeSet: NodeSet = {
    id,
    epoch: 1,
    threshold: (nodes.length + 1) / 2,
    limits,
    tenant,
    nodes: nodes.map((node, index) => entryOf(node, index + 1)),
  };
  return signNodeSet(utf8(JSON.stringify(nodeSet)), operator.seed);
}

/**
 * The set that follows another one. Its nodes stand beside those before, and their numbers go on from theirs.
 * @param beside how many nodes the installation has had before
 */
export function nextNodeSet(
  before: NodeSet,
  nodes: readonly NewNode[],
  beside: number,
  operator: KeyPair,
): SignedNodeSet {
  const nodeSet: NodeSet = {
    ...before,
    epoch: before.epoch + 1,
    threshold: (nodes.length + 1) / 2,
    nodes: nodes.map((node, index) => entryOf(node, beside + index + 1)),
  };
  return signNodeSet(utf8(JSON.stringify(nodeSet)), operator.seed);
}

function entryOf({ realmId, logKey, hpkeKey }: NewNode, number: number): NodeSetEntry {
  return {
    realmId,
    address: `/nodes/${number}/`,
    operator: 'The operator of this server',
    name: `Node ${number}`,
    region: 'local',
    logKey,
    hpkeKey,
  };
}
