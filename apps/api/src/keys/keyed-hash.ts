import { createHmac, timingSafeEqual } from 'node:crypto';
import { concatBytes, lengthPrefixed, type Secret, utf8 } from '@hexkey/protocol';

/** HMAC-SHA256 over parts, each behind its length; the first says what it is for. RFC 2104. */
export function keyedHash(key: Secret<Uint8Array>, purpose: string, ...parts: readonly string[]): Uint8Array {
  const message = concatBytes(...[purpose, ...parts].map((part) => lengthPrefixed(utf8(part))));
  return Uint8Array.from(createHmac('sha256', key.reveal()).update(message).digest());
}

/** Compares in time that does not depend on where they differ. */
export function equalHashes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
