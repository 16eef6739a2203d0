import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../encoding/text.ts';

const fingerprintBytes = 16;

/**
 * A public key in a form that people compare: the first 16 bytes of its SHA-256, in eight groups of four hexadecimal digits
 * (docs/protocol/pin-node.md section 6). Nobody finds a second key for a given fingerprint: that takes 2^128 tries.
 *
 * @param publicKey the raw key, 32 bytes
 */
export function keyFingerprint(publicKey: Uint8Array): string {
  const digits = toHex(sha256(publicKey).slice(0, fingerprintBytes));
  return (digits.match(/.{4}/g) ?? []).join(' ');
}
