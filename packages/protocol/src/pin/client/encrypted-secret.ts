import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { utf8 } from '../../encoding/bytes.ts';
import { Secret } from '../../encoding/secret.ts';
import { type Scalar, scalarBytes } from './group.ts';
import { keyedHash } from './unlock-key.ts';

const maximumSecretBytes = 128;
const paddedBytes = 1 + maximumSecretBytes;
/** Each key encrypts one secret, so the nonce is fixed. */
const nonce = new Uint8Array(12);

/** 32 bytes: `BLAKE2s(encryption key seed)(lp("User Secret Encryption Key") || lp(scalar))`. */
export function secretEncryptionKey(
  encryptionKeySeed: Secret<Uint8Array>,
  encryptionKeyScalar: Secret<Scalar>,
): Secret<Uint8Array<ArrayBuffer>> {
  const scalar = scalarBytes(encryptionKeyScalar.reveal());
  return new Secret(keyedHash(encryptionKeySeed, 32, utf8('User Secret Encryption Key'), scalar));
}

/**
 * 145 bytes whatever the secret's length: ChaCha20-Poly1305 (RFC 8439) of `length (1) || secret || zeros`.
 * @throws {RangeError} more than 128 bytes
 */
export function encryptSecret(key: Secret<Uint8Array>, secret: Secret<Uint8Array>): Uint8Array<ArrayBuffer> {
  const bytes = secret.reveal();
  if (bytes.length > maximumSecretBytes) throw new RangeError('a secret has at most 128 bytes');
  const padded = new Uint8Array(paddedBytes);
  padded[0] = bytes.length;
  padded.set(bytes, 1);
  return Uint8Array.from(chacha20poly1305(key.reveal(), nonce).encrypt(padded));
}

/** The secret, or null when the key is another one or the bytes were changed. */
export function decryptSecret(
  key: Secret<Uint8Array>,
  encryptedSecret: Uint8Array,
): Secret<Uint8Array<ArrayBuffer>> | null {
  const padded = opened(key, encryptedSecret);
  const lengthBytes = padded?.[0];
  if (padded?.length !== paddedBytes || lengthBytes === undefined || lengthBytes > maximumSecretBytes)
    return null;
  return new Secret(Uint8Array.from(padded.subarray(1, 1 + lengthBytes)));
}

function opened(key: Secret<Uint8Array>, encryptedSecret: Uint8Array): Uint8Array | null {
  try {
    return chacha20poly1305(key.reveal(), nonce).decrypt(encryptedSecret);
  } catch {
    // The library throws for a wrong tag and for fewer bytes than a tag has: not ours, either way.
    return null;
  }
}
