import { expect, test } from 'vitest';
import { fromHex } from '../encoding/text.ts';
import { keyFingerprint } from './key-fingerprint.ts';

test('a fingerprint is the first half of SHA-256 of the raw key, in eight groups', () => {
  // printf '%064d' 0 | xxd -r -p | sha256sum
  expect(keyFingerprint(fromHex('00'.repeat(32)))).toBe('6668 7aad f862 bd77 6c8f c18b 8e9f 8e20');
});

test('keys that differ in one bit have fingerprints with nothing in common', () => {
  const groups = new Set(keyFingerprint(fromHex('00'.repeat(32))).split(' '));
  const other = keyFingerprint(fromHex(`${'00'.repeat(31)}01`)).split(' ');
  expect(other.filter((group) => groups.has(group))).toEqual([]);
});
