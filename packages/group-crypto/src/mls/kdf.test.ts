import { fromHex, toHex } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { expect, test } from 'vitest';
import { hkdfSha256 } from './kdf.ts';

const counting = (first: number, length: number) => Uint8Array.from({ length }, (_, index) => first + index);

// RFC 5869 appendix A.1 to A.3.
const vectors = [
  {
    ikm: new Uint8Array(22).fill(0x0b),
    salt: counting(0, 13),
    info: counting(0xf0, 10),
    prk: '077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5',
    okm: '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  },
  {
    ikm: counting(0, 80),
    salt: counting(0x60, 80),
    info: counting(0xb0, 80),
    prk: '06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244',
    okm: 'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
  },
  {
    ikm: new Uint8Array(22).fill(0x0b),
    salt: new Uint8Array(0),
    info: new Uint8Array(0),
    prk: '19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04',
    okm: '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
  },
];

test('the vectors of RFC 5869', async () => {
  for (const { ikm, salt, info, prk, okm } of vectors) {
    expect(toHex(await hkdfSha256.extract(salt, ikm))).toBe(prk);
    expect(toHex(await hkdfSha256.expand(fromHex(prk), info, okm.length / 2))).toBe(okm);
  }
});

test('what the engine computes', async () => {
  const random = seededRandom('hkdf');
  const { subtle } = globalThis.crypto;
  for (const length of [16, 32, 100]) {
    const [ikm, salt, info] = [random(32), random(32), random(40)].map((bytes) => Uint8Array.from(bytes));
    const key = await subtle.importKey('raw', ikm as BufferSource, 'HKDF', false, ['deriveBits']);
    const given = { name: 'HKDF', hash: 'SHA-256', salt: salt as BufferSource, info: info as BufferSource };
    const theirs = new Uint8Array(await subtle.deriveBits(given, key, 8 * length));
    const prk = await hkdfSha256.extract(salt as Uint8Array, ikm as Uint8Array);
    expect(await hkdfSha256.expand(prk, info as Uint8Array, length)).toEqual(theirs);
  }
});
