import { keyPairOfSeed, type Random, Secret, signEd25519, verifyEd25519 } from '@hexkey/protocol';
import type { Signature } from 'ts-mls';

/**
 * Ed25519 (RFC 8032) for ts-mls: the engine's, which is ten times as fast, and in an engine without it that of `protocol`. ts-mls would
 * take Web Crypto for granted. Private keys are 32-byte seeds.
 */
export async function openEd25519(random: Random, subtle: SubtleCrypto): Promise<Signature> {
  const keygen = async () => {
    const signKey = random(32);
    return { signKey, publicKey: keyPairOfSeed(new Secret(signKey)).publicKey };
  };
  return { keygen, ...((await hasEd25519(subtle)) ? ofEngine(subtle) : ofProtocol) };
}

const ofProtocol: Omit<Signature, 'keygen'> = {
  sign: async (seed, message) => signEd25519(keyPairOfSeed(new Secret(seed)), message),
  verify: async (publicKey, message, signature) => verifyEd25519(publicKey, message, signature),
};

function ofEngine(subtle: SubtleCrypto): Omit<Signature, 'keygen'> {
  // Every message of a sender is checked under the same bytes of the same state; to import them takes as long as to check.
  const imported = new WeakMap<Uint8Array, Promise<CryptoKey>>();
  const keyOf = (bytes: Uint8Array, make: () => Promise<CryptoKey>) => {
    const key = imported.get(bytes) ?? make();
    imported.set(bytes, key);
    return key;
  };
  return {
    async sign(seed, message) {
      const key = await keyOf(seed, () =>
        subtle.importKey('pkcs8', pkcs8Of(seed), 'Ed25519', false, ['sign']),
      );
      return new Uint8Array(await subtle.sign('Ed25519', key, Uint8Array.from(message)));
    },
    async verify(publicKey, message, signature) {
      if (publicKey.length !== 32 || signature.length !== 64) return false;
      const key = await keyOf(publicKey, () =>
        subtle.importKey('raw', Uint8Array.from(publicKey), 'Ed25519', false, ['verify']),
      );
      return subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(message));
    },
  };
}

/** PrivateKeyInfo of a seed, RFC 8410 section 7. */
function pkcs8Of(seed: Uint8Array): Uint8Array<ArrayBuffer> {
  if (seed.length !== 32) throw new RangeError('an Ed25519 seed has 32 bytes');
  return Uint8Array.from([
    0x30,
    0x2e,
    0x02,
    0x01,
    0x00,
    0x30,
    0x05,
    0x06,
    0x03,
    0x2b,
    0x65,
    0x70,
    0x04,
    0x22,
    0x04,
    0x20,
    ...seed,
  ]);
}

async function hasEd25519(subtle: SubtleCrypto): Promise<boolean> {
  try {
    await subtle.importKey('pkcs8', pkcs8Of(new Uint8Array(32)), 'Ed25519', false, ['sign']);
    return true;
  } catch (error) {
    // An engine says so by NotSupportedError (Web Cryptography Level 2, section 18.4.4).
    if (error instanceof DOMException && error.name === 'NotSupportedError') return false;
    throw error;
  }
}
