import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8 } from '../encoding/bytes.ts';
import { Secret } from '../encoding/secret.ts';
import { fromHex, toHex } from '../encoding/text.ts';
import { openSeal, seal } from './seal.ts';

const key = new Secret(new Uint8Array(32).fill(7));
const purpose = { label: 'wrap-entropy', accountId: '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e', epoch: 1 };
const random = (length: number) => new Uint8Array(length).fill(9);

test('the cipher gives the vector of draft-irtf-cfrg-xchacha-03 appendix A.3.1', () => {
  const plaintext = utf8(
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
  );
  const cipher = xchacha20poly1305(
    fromHex('808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f'),
    fromHex('404142434445464748494a4b4c4d4e4f5051525354555657'),
    fromHex('50515253c0c1c2c3c4c5c6c7'),
  );
  const sealed = toHex(cipher.encrypt(plaintext));
  expect(sealed.slice(0, 32)).toBe('bd6d179d3e83d43b9576579493c0e939');
  expect(sealed.slice(-32)).toBe('c0875924c1c7987947deafd8780acf49');
});

test('a seal opens to what went in', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (plaintext) => {
      const sealed = seal(key, purpose, new Secret(plaintext), random);
      expect(sealed.length).toBe(24 + plaintext.length + 16);
      expect(toHex(openSeal(key, purpose, sealed)?.reveal() ?? new Uint8Array(1))).toBe(toHex(plaintext));
    }),
  );
});

test('another label, account, epoch or key does not open it, nor does any flipped bit', () => {
  const sealed = seal(key, purpose, new Secret(utf8('entropy')), random);
  expect(openSeal(key, { ...purpose, label: 'backup' }, sealed)).toBeNull();
  expect(openSeal(key, { ...purpose, accountId: purpose.accountId.replace('0b', '0c') }, sealed)).toBeNull();
  expect(openSeal(key, { ...purpose, epoch: 2 }, sealed)).toBeNull();
  expect(openSeal(new Secret(new Uint8Array(32)), purpose, sealed)).toBeNull();
  fc.assert(
    fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
      const flipped = Uint8Array.from(sealed);
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(openSeal(key, purpose, flipped)).toBeNull();
    }),
  );
  expect(openSeal(key, purpose, sealed.subarray(0, 39))).toBeNull();
});
