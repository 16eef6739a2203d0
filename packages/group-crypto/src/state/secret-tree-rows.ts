import type { SecretTree, SecretTreeNode } from 'ts-mls';
import { encode } from 'ts-mls/codec/tlsEncoder.js';
import { decodeSecretTree, secretTreeEncoder } from 'ts-mls/secretTree.js';
import type { GroupChange, GroupRow } from '../store/group-store.ts';

/**
 * A message moves the ratchet of one leaf. In rows of 16 leaves it rewrites 1.3 kB of the 20 kB that a group of 256 has, and nothing of a
 * key that is used up stays in another row.
 */
const leavesInRow = 16;

/** Only leaves have ratchets in use (RFC 9420 section 9); ts-mls makes some for inner nodes too, which are not kept. */
const hollow: SecretTreeNode = {
  handshake: { secret: new Uint8Array(0), generation: 0, unusedGenerations: {} },
  application: { secret: new Uint8Array(0), generation: 0, unusedGenerations: {} },
};

/** In a fixed width, so that keys sort as numbers do. */
export const epochKey = (groupId: string, epoch: number): string =>
  `${groupId}/${String(epoch).padStart(16, '0')}`;

/** All rows of an epoch's tree, by key. */
export function secretTreeRows(groupId: string, epoch: number, tree: SecretTree): GroupRow[] {
  const leaves = leavesIn(tree);
  const rows: GroupRow[] = [];
  for (let first = 0; first < leaves.length; first += leavesInRow)
    rows.push(rowAt(groupId, epoch, leaves, first));
  return rows;
}

/** The one row that a message of this leaf changes. */
export function ratchetChange(
  groupId: string,
  epoch: number,
  tree: SecretTree,
  leafIndex: number,
): GroupChange {
  const first = leafIndex - (leafIndex % leavesInRow);
  return { table: 'secret-trees', ...rowAt(groupId, epoch, leavesIn(tree), first) };
}

/** @param rows of one epoch, in the order of their keys */
export function secretTreeOf(rows: readonly GroupRow[]): SecretTree {
  return treeOf(rows.flatMap(({ value }) => decodeLeaves(value)));
}

/** A whole tree as one value. */
export const secretTreeBytes = (tree: SecretTree): Uint8Array => encode(secretTreeEncoder)(leavesIn(tree));

export const readSecretTree = (bytes: Uint8Array): SecretTree => treeOf(decodeLeaves(bytes));

function rowAt(groupId: string, epoch: number, leaves: SecretTree, first: number): GroupRow {
  const row = String(first / leavesInRow).padStart(4, '0');
  return {
    key: `${epochKey(groupId, epoch)}/${row}`,
    value: encode(secretTreeEncoder)(leaves.slice(first, first + leavesInRow)),
  };
}

function leavesIn(tree: SecretTree): SecretTree {
  return tree.filter((_, nodeIndex) => nodeIndex % 2 === 0);
}

function treeOf(leaves: SecretTree): SecretTree {
  return leaves.flatMap((leaf, index) => (index === 0 ? [leaf] : [hollow, leaf]));
}

/** @throws {Error} a row this package has not written: the store is broken */
function decodeLeaves(bytes: Uint8Array): SecretTree {
  const decoded = decodeSecretTree(bytes, 0);
  if (decoded === undefined) throw new Error('a row of ratchets cannot be read');
  return decoded[0];
}
