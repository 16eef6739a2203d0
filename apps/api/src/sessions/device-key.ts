import { createPublicKey, verify } from 'node:crypto';
import { concatBytes, fromHex, isUsablePublicKey } from '@hexkey/protocol';
import { invalidField, readBytes } from '../field-bytes.ts';

// SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes. RFC 8410 section 4.
const spkiPrefix = fromHex('302a300506032b6570032100');

/** A device key as a login sends it. @throws {DomainError} `InvalidField` for a key under which anybody could sign */
export function readDeviceKey(text: string): Uint8Array {
  const key = readBytes(text, 'deviceKey');
  if (!isUsablePublicKey(key)) throw invalidField('deviceKey', 'no usable key');
  return key;
}

/**
 * Ed25519 by OpenSSL, ten times as fast as the portable code: every request has one. Both refuse non-canonical
 * signatures, and weak keys never become device keys (`readDeviceKey`).
 */
export function verifyDeviceSignature(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const spki = Buffer.from(concatBytes(spkiPrefix, key));
  return verify(null, message, createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature);
}
