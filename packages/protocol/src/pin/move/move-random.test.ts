import { hkdfSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { accountShard, pinMoveSeed } from '../../account/derivations.ts';
import { Secret } from '../../encoding/secret.ts';
import { toHex } from '../../encoding/text.ts';
import { moveRandom } from './move-random.ts';

const pinSecret = new Secret(new Uint8Array(32).fill(1));
const shard = accountShard(new Secret(new Uint8Array(16).fill(2)));
const path = { from: new Uint8Array(32).fill(3), to: new Uint8Array(32).fill(4) };
const left = new Uint8Array(16).fill(5);
const drawn = (...given: Parameters<typeof moveRandom>) => {
  const random = moveRandom(...given);
  return [random(16), random(64)].map(toHex);
};

test('every device draws the same for one record and one pair of sets', () => {
  expect(drawn(pinSecret, shard, path, left)).toEqual(drawn(pinSecret, shard, path, left));
});

test('nobody draws the same for another record, set, secret or shard', () => {
  const other = (length: number) => new Uint8Array(length).fill(9);
  const all = [
    drawn(pinSecret, shard, path, left),
    drawn(pinSecret, shard, path, other(16)),
    drawn(pinSecret, shard, { ...path, from: other(32) }, left),
    drawn(pinSecret, shard, { ...path, to: other(32) }, left),
    drawn(new Secret(other(32)), shard, path, left),
    drawn(pinSecret, accountShard(new Secret(other(16))), path, left),
  ].flat();
  expect(new Set(all.map((hex) => hex.slice(0, 32))).size).toBe(all.length);
});

test('it is HKDF-SHA256, as another implementation computes it', () => {
  const info = Buffer.concat([path.from, path.to, left, Buffer.from('0000000000000001', 'hex')]);
  const seed = pinMoveSeed(pinSecret, shard).reveal();
  const expected = Buffer.from(hkdfSync('sha256', seed, 'hexkey/1', info, 64)).toString('hex');
  expect(drawn(pinSecret, shard, path, left)[1]).toBe(expected);
});
