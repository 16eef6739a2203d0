import { hkdfSync } from 'node:crypto';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { expect, test } from 'vitest';
import { concatBytes } from '../encoding/bytes.ts';
import { Secret } from '../encoding/secret.ts';
import { fromHex, toHex } from '../encoding/text.ts';
import * as derivations from './derivations.ts';

const entropy = new Secret(Uint8Array.from({ length: 16 }, (_, index) => index));
const pinSecret = new Secret(Uint8Array.from({ length: 32 }, (_, index) => 255 - index));
const shard = derivations.accountShard(entropy);
const both = concatBytes(pinSecret.reveal(), shard.reveal());
const expected = (keyMaterial: Uint8Array, label: string) =>
  Buffer.from(hkdfSync('sha256', keyMaterial, 'hexkey/1', label, 32)).toString('hex');

test('HKDF is RFC 5869: test cases 1 and 2', () => {
  const sequence = (from: number, to: number) =>
    Uint8Array.from({ length: to - from + 1 }, (_, index) => from + index);
  expect(toHex(hkdf(sha256, fromHex('0b'.repeat(22)), sequence(0, 0x0c), sequence(0xf0, 0xf9), 42))).toBe(
    '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  );
  expect(toHex(hkdf(sha256, sequence(0, 0x4f), sequence(0x60, 0xaf), sequence(0xb0, 0xff), 82))).toBe(
    'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
  );
});

test.each([
  ['acct', shard, entropy.reveal()],
  ['login', derivations.loginKeyPair(entropy).seed, entropy.reveal()],
  ['pin-auth', derivations.pinAuthKeyPair(pinSecret).seed, pinSecret.reveal()],
  ['pay-auth', derivations.payAuthKeyPair(pinSecret).seed, pinSecret.reveal()],
  ['wrap-entropy', derivations.wrapEntropyKey(pinSecret), pinSecret.reveal()],
  ['log-heads', derivations.logHeadsKey(pinSecret), pinSecret.reveal()],
  ['backup', derivations.backupKey(pinSecret), pinSecret.reveal()],
  ['wrap-shares', derivations.wrapSharesKey(pinSecret, shard), both],
  ['pin-move', derivations.pinMoveSeed(pinSecret, shard), both],
  ['aik', derivations.accountIdentityKeyPair(pinSecret, shard).seed, both],
] as const)(
  '%s is HKDF-SHA256 with salt hexkey/1, as another implementation computes it',
  (label, derived, keyMaterial) => {
    expect(toHex(derived.reveal())).toBe(expected(keyMaterial, label));
  },
);
