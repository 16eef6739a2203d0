import { seededRandom } from '@hexkey/testing';
import { expect, test } from 'vitest';
import { keyPairOfSeed, verifyEd25519 } from '../../account/ed25519.ts';
import { Secret } from '../../encoding/secret.ts';
import { toHex } from '../../encoding/text.ts';
import { areClosingsGood, type Closing, type MovePath, signClosing } from './move-statements.ts';

const random = seededRandom('closings');
const nodes = Array.from({ length: 3 }, () => ({
  realmId: random(16),
  logKeys: keyPairOfSeed(new Secret(random(32))),
}));
const logKeys = new Map(nodes.map((node) => [toHex(node.realmId), node.logKeys.publicKey]));
const user = { tenant: 'hexkey', userId: 'somebody' };
const path: MovePath = { user, from: random(32), to: random(32) };
const left = random(16);
const told = { timeMs: 1_900_000_000_000, carried: random(20) };
const closingsOf = (version: Uint8Array) =>
  nodes.map((node) => signClosing(node.realmId, path, version, told, node.logKeys));
const areGood = (closings: readonly Closing[], shown: MovePath = path, version: Uint8Array = left) =>
  areClosingsGood({ logKeys, threshold: 2 }, shown, version, closings, verifyEd25519);

test('t nodes that let one record go are heard, and fewer are not, however often one says it', () => {
  const [one, two, three] = closingsOf(left) as [Closing, Closing, Closing];
  expect(areGood([one, two])).toBe(true);
  expect(areGood([one, two, three])).toBe(true);
  expect(areGood([one])).toBe(false);
  expect(areGood([one, one])).toBe(false);
});

test('who let one record go has not let another go: closings of two versions, or for another than was let go, count for neither', () => {
  const other = random(16);
  const [one, two] = closingsOf(left) as [Closing, Closing];
  const [, otherTwo] = closingsOf(other) as [Closing, Closing];
  expect(areGood([one, two], path, other)).toBe(false);
  expect(areGood([one, otherTwo])).toBe(false);
  expect(areGood([one, otherTwo], path, other)).toBe(false);
});

test('a closing holds for one account, one way and what was spent', () => {
  const [one, two] = closingsOf(left) as [Closing, Closing];
  expect(areGood([one, two], { ...path, user: { ...user, userId: 'somebody else' } })).toBe(false);
  expect(areGood([one, two], { ...path, from: path.to })).toBe(false);
  expect(areGood([one, two], { ...path, to: path.from })).toBe(false);
  expect(areGood([one, { ...two, carried: new Uint8Array(20) }])).toBe(false);
  expect(areGood([one, { ...two, timeMs: two.timeMs + 1 }])).toBe(false);
});
