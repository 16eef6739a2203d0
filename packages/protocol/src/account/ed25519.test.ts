import { expect, test } from 'vitest';
import { Secret } from '../encoding/secret.ts';
import { fromHex, toHex } from '../encoding/text.ts';
import { isUsablePublicKey, keyPairOfSeed, signEd25519, verifyEd25519 } from './ed25519.ts';

// RFC 8032 section 7.1, tests 1 to 3: seed, public key, message, signature.
const vectors = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const;

test.each(vectors)('RFC 8032 vector of seed %s', (seed, publicKey, message, signature) => {
  const pair = keyPairOfSeed(new Secret(fromHex(seed)));
  expect(toHex(pair.publicKey)).toBe(publicKey);
  expect(toHex(signEd25519(pair, fromHex(message)))).toBe(signature);
  expect(verifyEd25519(pair.publicKey, fromHex(message), fromHex(signature))).toBe(true);
});

test('a key of small order, under which anybody can sign, verifies nothing', () => {
  const identity = fromHex(`01${'00'.repeat(31)}`);
  const forged = fromHex(`01${'00'.repeat(63)}`);
  expect(verifyEd25519(identity, fromHex('72'), forged)).toBe(false);
});

test('malformed keys and signatures are false, not exceptions', () => {
  const publicKey = fromHex(vectors[0][1]);
  const signature = fromHex(vectors[0][3]);
  expect(verifyEd25519(new Uint8Array(31), new Uint8Array(0), signature)).toBe(false);
  expect(verifyEd25519(new Uint8Array(32).fill(255), new Uint8Array(0), signature)).toBe(false);
  expect(verifyEd25519(publicKey, new Uint8Array(0), signature.subarray(1))).toBe(false);
  expect(verifyEd25519(publicKey, new Uint8Array(0), new Uint8Array(64).fill(255))).toBe(false);
});

test('only a canonical point outside the small subgroup is a usable key', () => {
  expect(isUsablePublicKey(fromHex(vectors[0][1]))).toBe(true);
  const weak = [
    `01${'00'.repeat(31)}`, // identity
    `ec${'ff'.repeat(30)}7f`, // order 2
    '00'.repeat(32), // order 4
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', // order 8
    `ee${'ff'.repeat(30)}7f`, // y = p + 1, another spelling of the identity
    'ff'.repeat(32),
    vectors[0][1].slice(2),
  ];
  expect(weak.map((hex) => isUsablePublicKey(fromHex(hex)))).toEqual(weak.map(() => false));
});
