import { maxProofSkewMs } from '@hexkey/protocol';
import { expect, test } from 'vitest';
import { seenNonces } from './seen-nonces.ts';

test('a nonce serves a device once, for as long as the time of a proof fits', () => {
  const nonces = seenNonces();
  expect(nonces.add('phone', 'a', 0)).toBe(true);
  expect(nonces.add('phone', 'a', 2 * maxProofSkewMs - 1)).toBe(false);
  expect(nonces.add('phone', 'a', 2 * maxProofSkewMs)).toBe(false);
  expect(nonces.add('tablet', 'a', 0)).toBe(true);
});

test('a device that floods the node shuts out itself only', () => {
  const nonces = seenNonces({ perDevice: 2, inAll: 100 });
  for (const nonce of ['a', 'b']) expect(nonces.add('flood', nonce, 0)).toBe(true);
  expect(nonces.add('flood', 'c', 0)).toBe(false);
  expect(nonces.add('phone', 'a', 0)).toBe(true);
  expect(nonces.add('flood', 'c', 2 * maxProofSkewMs)).toBe(true);
});

test('when no more can be remembered nothing is believed', () => {
  const nonces = seenNonces({ perDevice: 2, inAll: 2 });
  expect(nonces.add('one', 'a', 0)).toBe(true);
  expect(nonces.add('two', 'a', 0)).toBe(true);
  expect(nonces.add('three', 'a', 0)).toBe(false);
});
