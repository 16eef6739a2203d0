import { describe, expect, test } from 'vitest';
import { keyPairOfSeed } from '../account/ed25519.ts';
import { utf8 } from '../encoding/bytes.ts';
import { Secret } from '../encoding/secret.ts';
import { toBase64url } from '../encoding/text.ts';
import { MalformedError } from './malformed.ts';
import { approveNodeSet, maxNodeSetChain, verifyNodeSetChain, verifySuccessor } from './node-set-chain.ts';
import { type SignedNodeSet, signNodeSet, verifyNodeSet } from './sign-node-set.ts';

const keysOf = (seed: number) => keyPairOfSeed(new Secret(new Uint8Array(32).fill(seed)));
const operator = keysOf(1);
const limit = { attempts: 5, windowMs: 86_400_000 };

/** Nodes of a set have seeds of their own: 16 * epoch, and on. */
const logKeysOf = (epoch: number, count: number) =>
  Array.from({ length: count }, (_, place) => keysOf(16 * epoch + place));

function documentOf(epoch: number, threshold: number, changes: object = {}, by = operator): SignedNodeSet {
  const nodes = logKeysOf(epoch, 2 * threshold - 1).map(({ publicKey }, place) => ({
    realmId: (256 * epoch + place).toString(16).padStart(32, '0'),
    address: `/nodes/${epoch}-${place}/`,
    operator: 'Hexkey demo',
    name: `Node ${place}`,
    region: 'Test',
    logKey: toBase64url(publicKey),
    hpkeKey: toBase64url(publicKey),
  }));
  const limits = { provenDevice: limit, words: limit, newDevice: limit };
  const set = { id: 'demo', epoch, threshold, limits, tenant: 'hexkey', nodes, ...changes };
  return signNodeSet(utf8(JSON.stringify(set)), by.seed);
}

const verified = (document: SignedNodeSet) => verifyNodeSet(document, operator.publicKey);
const first = documentOf(1, 2);
const second = documentOf(2, 3);
const approvalsFor = (document: SignedNodeSet, places: readonly number[], before = first, epoch = 1) =>
  places.map((place) =>
    approveNodeSet(
      verified(before),
      verified(document),
      logKeysOf(epoch, 16)[place] ?? expect.fail('no such node'),
    ),
  );
const follow = (document: SignedNodeSet) => verifySuccessor(verified(first), document, operator.publicKey);

test('a set that t nodes of the one before approve follows it, whatever its size', () => {
  for (const places of [
    [0, 1],
    [1, 2],
    [0, 1, 2],
  ]) {
    const { nodeSet } = follow({ ...second, approvals: approvalsFor(second, places) });
    expect(nodeSet).toMatchObject({ epoch: 2, threshold: 3 });
  }
});

test('a chain is as good as each of its links', () => {
  const third = documentOf(3, 2);
  const approved = { ...second, approvals: approvalsFor(second, [0, 2]) };
  const last = { ...third, approvals: approvalsFor(third, [0, 1, 2], second, 2) };
  const epochs = (chain: SignedNodeSet[]) =>
    verifyNodeSetChain(chain, operator.publicKey).map(({ nodeSet }) => nodeSet.epoch);
  expect(epochs([first])).toEqual([1]);
  expect(epochs([first, approved, last])).toEqual([1, 2, 3]);
  expect(epochs([approved, last])).toEqual([2, 3]);
  for (const broken of [
    [],
    [first, last],
    [first, second, last],
    [first, approved, { ...last, approvals: last.approvals.slice(1) }],
    [approved, first],
    Array.from({ length: maxNodeSetChain + 1 }, () => first),
  ])
    expect(() => verifyNodeSetChain(broken, operator.publicKey)).toThrow(MalformedError);
});

describe('a successor is refused', () => {
  const approval = approvalsFor(second, [0]);
  const forged = approvalsFor(second, [1]).map((one) => ({
    ...one,
    signature: toBase64url(new Uint8Array(64)),
  }));
  const other = documentOf(2, 2);
  test.each<[string, SignedNodeSet]>([
    ['without approvals', second],
    ['with those of fewer than t nodes', { ...second, approvals: approval }],
    ['with one node’s twice', { ...second, approvals: [...approval, ...approval] }],
    ['with a forged one', { ...second, approvals: [...approval, ...forged] }],
    [
      'with one that another node signed',
      {
        ...second,
        approvals: [
          ...approval,
          ...approvalsFor(second, [1]).map((one) => ({ ...one, realmId: 'f'.repeat(32) })),
        ],
      },
    ],
    ['with those for another set', { ...second, approvals: approvalsFor(other, [0, 1, 2]) }],
    ['with something else for one', { ...second, approvals: [null] as never }],
    [
      'by another operator',
      { ...documentOf(2, 3, {}, keysOf(9)), approvals: approvalsFor(second, [0, 1, 2]) },
    ],
  ])('%s', (_, document) => {
    expect(() => follow(document)).toThrow(MalformedError);
  });

  test.each<[string, SignedNodeSet]>([
    ['of the same epoch', documentOf(2, 3, { epoch: 1 })],
    ['that leaves one out', documentOf(2, 3, { epoch: 3 })],
    ['of another installation', documentOf(2, 3, { id: 'other' })],
    ['for another tenant', documentOf(2, 3, { tenant: 'other' })],
    ['that has a node of the one before', documentOf(2, 2, { nodes: verified(first).nodeSet.nodes })],
  ])('%s, and no node approves it', (_, document) => {
    const signed = { ...document, approvals: approvalsFor(second, [0, 1, 2]) };
    expect(() => follow(signed)).toThrow(/next one|a node of the set before/u);
    expect(() => approvalsFor(document, [0])).toThrow(MalformedError);
  });
});

test('nobody but a node of the set approves its successor', () => {
  expect(() => approveNodeSet(verified(first), verified(second), keysOf(99))).toThrow(MalformedError);
});
