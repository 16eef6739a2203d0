import { fromHex, toHex } from '@hexkey/protocol';
import { applyUpdatePathSecret } from 'ts-mls/createCommit.js';
import { verifyLeafNodeSignature } from 'ts-mls/leafNode.js';
import { verifyParentHashes } from 'ts-mls/parentHash.js';
import { getCommitSecret, type PathSecrets } from 'ts-mls/pathSecrets.js';
import { toPrivateKeyPath } from 'ts-mls/privateKeyPath.js';
import { decodeProposal } from 'ts-mls/proposal.js';
import {
  addLeafNode,
  decodeRatchetTree,
  encodeRatchetTree,
  removeLeafNode,
  resolution,
  updateLeafNode,
} from 'ts-mls/ratchetTree.js';
import { treeHash, treeHashRoot } from 'ts-mls/treeHash.js';
import {
  isLeaf,
  leafToNodeIndex,
  left,
  nodeWidth,
  parent,
  right,
  root,
  sibling,
  toLeafIndex,
  toNodeIndex,
} from 'ts-mls/treemath.js';
import { applyUpdatePath, decodeUpdatePath } from 'ts-mls/updatePath.js';
import { expect, test } from 'vitest';
import { decodeHex, readVectors, vectorSuite as suite } from '../testing/read-vectors.ts';

interface TreeMathVector {
  n_leaves: number;
  n_nodes: number;
  root: number;
  left: readonly (number | null)[];
  right: readonly (number | null)[];
  parent: readonly (number | null)[];
  sibling: readonly (number | null)[];
}

test.each(readVectors<TreeMathVector>('tree-math'))(
  'tree arithmetic of appendix C, $n_leaves leaves',
  (vector) => {
    const { n_leaves: leaves } = vector;
    expect(nodeWidth(leaves)).toBe(vector.n_nodes);
    expect(root(leaves)).toBe(vector.root);
    const nodes = Array.from({ length: vector.n_nodes }, (_, index) => toNodeIndex(index));
    expect(nodes.map((node) => (isLeaf(node) ? null : left(node)))).toEqual(vector.left);
    expect(nodes.map((node) => (isLeaf(node) ? null : right(node)))).toEqual(vector.right);
    const below = (node: number) => node !== vector.root;
    expect(nodes.map((node) => (below(node) ? parent(node, leaves) : null))).toEqual(vector.parent);
    expect(nodes.map((node) => (below(node) ? sibling(node, leaves) : null))).toEqual(vector.sibling);
  },
);

interface TreeOperationVector {
  tree_before: string;
  proposal: string;
  proposal_sender: number;
  tree_after: string;
}

test.each(readVectors<TreeOperationVector>('tree-operations'))(
  'tree operations of section 7.7, vector %#',
  (vector) => {
    const tree = decodeHex(decodeRatchetTree, vector.tree_before);
    const proposal = decodeHex(decodeProposal, vector.proposal);
    let after = tree;
    if ('add' in proposal) [after] = addLeafNode(tree, proposal.add.keyPackage.leafNode);
    else if ('update' in proposal)
      after = updateLeafNode(tree, proposal.update.leafNode, toLeafIndex(vector.proposal_sender));
    else if ('remove' in proposal) after = removeLeafNode(tree, toLeafIndex(proposal.remove.removed));
    else expect.fail('another proposal');
    expect(toHex(encodeRatchetTree(after))).toBe(vector.tree_after);
  },
);

interface TreeValidationVector {
  tree: string;
  group_id: string;
  tree_hashes: readonly string[];
  resolutions: readonly (readonly number[])[];
}

test.each(readVectors<TreeValidationVector>('tree-validation'))(
  'resolutions, hashes and signatures of section 7, vector %#',
  async (vector) => {
    const tree = decodeHex(decodeRatchetTree, vector.tree);
    for (const [index, hash] of vector.tree_hashes.entries()) {
      expect(toHex(await treeHash(tree, toNodeIndex(index), suite.hash))).toBe(hash);
      expect(resolution(tree, toNodeIndex(index))).toEqual(vector.resolutions[index]);
    }
    expect(await verifyParentHashes(tree, suite.hash)).toBe(true);
    for (const [index, node] of tree.entries()) {
      if (node?.nodeType !== 'leaf') continue;
      const groupId = fromHex(vector.group_id);
      expect(await verifyLeafNodeSignature(node.leaf, groupId, index / 2, suite.signature)).toBe(true);
    }
  },
);

interface TreeKemVector {
  group_id: string;
  epoch: number;
  confirmed_transcript_hash: string;
  ratchet_tree: string;
  leaves_private: readonly {
    index: number;
    encryption_priv: string;
    signature_priv: string;
    path_secrets: readonly { node: number; path_secret: string }[];
  }[];
  update_paths: readonly {
    sender: number;
    update_path: string;
    path_secrets: readonly (string | null)[];
    commit_secret: string;
    tree_hash_after: string;
  }[];
}

test.each(readVectors<TreeKemVector>('treekem'))('TreeKEM of section 7.5, vector %#', async (vector) => {
  const tree = decodeHex(decodeRatchetTree, vector.ratchet_tree);
  for (const update of vector.update_paths) {
    const path = decodeHex(decodeUpdatePath, update.update_path);
    const sender = toLeafIndex(update.sender);
    const after = await applyUpdatePath(tree, sender, path, suite.hash);
    expect(toHex(await treeHashRoot(after, suite.hash))).toBe(update.tree_hash_after);
    const context = {
      version: 'mls10' as const,
      cipherSuite: suite.name,
      groupId: fromHex(vector.group_id),
      epoch: BigInt(vector.epoch),
      treeHash: fromHex(update.tree_hash_after),
      confirmedTranscriptHash: fromHex(vector.confirmed_transcript_hash),
      extensions: [],
    };
    for (const leaf of vector.leaves_private) {
      const expected = update.path_secrets[leaf.index];
      if (leaf.index === update.sender || expected === null || expected === undefined) continue;
      const known: PathSecrets = Object.fromEntries(
        leaf.path_secrets.map(({ node, path_secret: secret }) => [node, fromHex(secret)]),
      );
      const keys = await toPrivateKeyPath(known, leaf.index, suite);
      const own = leafToNodeIndex(toLeafIndex(leaf.index));
      const privateKeys = { ...keys.privateKeys, [own]: fromHex(leaf.encryption_priv) };
      const holder = { leafIndex: leaf.index, privateKeys };
      const { nodeIndex, pathSecret } = await applyUpdatePathSecret(
        after,
        holder,
        sender,
        context,
        path,
        [],
        suite,
      );
      expect(toHex(pathSecret)).toBe(expected);
      expect(toHex(await getCommitSecret(after, nodeIndex, pathSecret, suite.kdf))).toBe(
        update.commit_secret,
      );
    }
  }
});
