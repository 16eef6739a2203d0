import { ed25519 } from '@noble/curves/ed25519.js';
import { Secret } from '../encoding/secret.ts';

/** An Ed25519 key pair, RFC 8032. The holder keeps the seed; the public half may go anywhere. */
export interface KeyPair {
  /** 32 bytes. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** The 32-byte seed, which RFC 8032 calls the private key. */
  readonly seed: Secret<Uint8Array<ArrayBuffer>>;
}

/** The pair of a 32-byte seed. RFC 8032 section 5.1.5. @throws {RangeError} another length */
export function keyPairOfSeed(seed: Secret<Uint8Array>): KeyPair {
  const bytes = Uint8Array.from(seed.reveal());
  if (bytes.length !== 32) throw new RangeError('an Ed25519 seed has 32 bytes');
  return { publicKey: Uint8Array.from(ed25519.getPublicKey(bytes)), seed: new Secret(bytes) };
}

/** 64 bytes, deterministic. RFC 8032 section 5.1.6. */
export function signEd25519(pair: KeyPair, message: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(ed25519.sign(message, pair.seed.reveal()));
}

/**
 * RFC 8032 section 5.1.7 with canonical encodings only, and no key of small order, under which anybody could sign.
 * Every malformed key or signature is a plain `false`: who sent it is not trusted.
 */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  return isUsablePublicKey(publicKey) && ed25519.verify(signature, message, publicKey, { zip215: false });
}

/** Whether 32 bytes are a canonical point outside the small subgroup. */
export function isUsablePublicKey(publicKey: Uint8Array): boolean {
  if (publicKey.length !== 32) return false;
  try {
    return !ed25519.Point.fromBytes(publicKey, false).isSmallOrder();
  } catch {
    // The library throws for bytes that are no point; for us that is the answer "no".
    return false;
  }
}
