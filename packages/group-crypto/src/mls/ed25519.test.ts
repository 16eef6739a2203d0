import { keyPairOfSeed, Secret, utf8 } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { expect, test } from 'vitest';
import { openEd25519 } from './ed25519.ts';

const { subtle } = globalThis.crypto;
const random = seededRandom('ed25519');

/** An engine that knows no Ed25519, as browsers before 2025. */
const without = {
  importKey: async () => {
    throw new DOMException('Unrecognized name.', 'NotSupportedError');
  },
} as unknown as SubtleCrypto;

test('the engine’s signatures and those of an engine without Ed25519 are the same, and each checks the other’s', async () => {
  const [engine, fallback] = [await openEd25519(random, subtle), await openEd25519(random, without)];
  const { signKey, publicKey } = await engine.keygen();
  expect(keyPairOfSeed(new Secret(signKey)).publicKey).toEqual(publicKey);
  const message = utf8('message');
  const signature = await engine.sign(signKey, message);
  expect(await fallback.sign(signKey, message)).toEqual(signature);
  for (const signer of [engine, fallback]) {
    expect(await signer.verify(publicKey, message, signature)).toBe(true);
    expect(await signer.verify(publicKey, utf8('another'), signature)).toBe(false);
    expect(await signer.verify(publicKey, message, signature.slice(1))).toBe(false);
    expect(await signer.verify(publicKey.slice(1), message, signature)).toBe(false);
    // The key that was imported before does not answer for another one.
    expect(await signer.verify((await signer.keygen()).publicKey, message, signature)).toBe(false);
  }
});
