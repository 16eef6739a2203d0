import { x25519 } from '@noble/curves/ed25519.js';
import type { Secret } from '../encoding/secret.ts';

/** The public key that messages are sealed to (RFC 7748 section 6.1; a KEM key of RFC 9180 section 7.1.1). @param secret 32 bytes, kept by whoever opens them */
export function hpkePublicKey(secret: Secret<Uint8Array>): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(x25519.getPublicKey(secret.reveal()));
}
