import {
  approveNodeSet,
  type KeyPair,
  keyPairOfSeed,
  Secret,
  signNodeSet,
  toBase64url,
  utf8,
  type VerifiedNodeSet,
  verifyNodeSet,
} from '@hexkey/protocol';
import { testLogKeys, testNodeSet, testOperatorSeed } from './test-node-set.ts';

/** Other nodes under the next number, by the word of t of these. */
export function successorSet(set: VerifiedNodeSet) {
  const { nodeSet } = set;
  const other = (hex: string) => hex.replaceAll(/\d/g, (digit) => String(Number(digit) + 4));
  const logKeys = nodeSet.nodes.map((_, place) =>
    keyPairOfSeed(new Secret(new Uint8Array(32).fill(place + 30))),
  );
  const nodes = nodeSet.nodes.map((node, place) => ({
    ...node,
    realmId: other(node.realmId),
    logKey: toBase64url((logKeys[place] as KeyPair).publicKey),
  }));
  const document = signNodeSet(
    utf8(JSON.stringify({ ...nodeSet, epoch: nodeSet.epoch + 1, nodes })),
    testOperatorSeed,
  );
  const verified = verifyNodeSet(document, testNodeSet.operatorKey);
  const approvals = testLogKeys
    .slice(0, nodeSet.threshold)
    .map((ownKeys) => approveNodeSet(set, verified, ownKeys));
  return { set: verified, document: { ...document, approvals }, logKeys };
}
