import { keyPairOfSeed, type Random, Secret, signEd25519 } from '@hexkey/protocol';
import { type DeviceSeal, openDeviceSeal, sealForDevice } from './device-seal.ts';
import type { Engine } from './engine.ts';

/** The key pair of one login, as the vault keeps it. The private half never leaves this device. */
export type KeptDeviceKey =
  | { readonly kind: 'engine'; readonly publicKey: Uint8Array; readonly privateKey: CryptoKey }
  | { readonly kind: 'sealed'; readonly publicKey: Uint8Array; readonly seed: DeviceSeal };

/** Signs as this device. Ed25519, RFC 8032. */
export interface DeviceSigner {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/**
 * A fresh device key: one the engine itself cannot export, or, in an engine without Ed25519, a seed sealed under an AES key of
 * which that is true.
 */
export async function makeDeviceKey(engine: Engine, random: Random): Promise<KeptDeviceKey> {
  const pair = await enginePair(engine);
  if (pair !== null) {
    const publicKey = new Uint8Array(await engine.exportKey('raw', pair.publicKey));
    return { kind: 'engine', publicKey, privateKey: pair.privateKey };
  }
  const seed = new Secret(random(32));
  return {
    kind: 'sealed',
    publicKey: keyPairOfSeed(seed).publicKey,
    seed: await sealForDevice(engine, random, seed),
  };
}

export function deviceSigner(engine: Engine, key: KeptDeviceKey): DeviceSigner {
  return {
    publicKey: key.publicKey,
    async sign(message) {
      if (key.kind === 'engine') {
        const signature = await engine.sign('Ed25519', key.privateKey, Uint8Array.from(message));
        return new Uint8Array(signature);
      }
      return signEd25519(keyPairOfSeed(await openDeviceSeal(engine, key.seed)), message);
    },
  };
}

/** Null when the engine has no Ed25519 (Web Crypto: `NotSupportedError`; some engines throw other DOM exceptions for unknown names). */
async function enginePair(engine: Engine): Promise<CryptoKeyPair | null> {
  try {
    return (await engine.generateKey('Ed25519', false, ['sign', 'verify'])) as CryptoKeyPair;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
