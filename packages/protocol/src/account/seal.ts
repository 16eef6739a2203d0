import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { concatBytes, lengthPrefixed, uint64, utf8 } from '../encoding/bytes.ts';
import { Secret } from '../encoding/secret.ts';
import type { Random } from '../ports.ts';

const nonceBytes = 24;
const tagBytes = 16;

/** What a seal is for. It opens only under the same key and the same purpose, so it cannot be moved elsewhere. */
export interface SealPurpose {
  readonly label: string;
  /** UUID text of the account it belongs to. */
  readonly accountId: string;
  /** Raised when the key changes under one label. */
  readonly epoch: number;
}

/**
 * `nonce (24) || XChaCha20-Poly1305(key, nonce, plaintext, aad)`. draft-irtf-cfrg-xchacha-03;
 * docs/protocol/account-api.md section 4.
 * @param key 32 bytes
 */
export function seal(
  key: Secret<Uint8Array>,
  purpose: SealPurpose,
  plaintext: Secret<Uint8Array>,
  random: Random,
): Uint8Array<ArrayBuffer> {
  const nonce = random(nonceBytes);
  return concatBytes(
    nonce,
    xchacha20poly1305(key.reveal(), nonce, associatedData(purpose)).encrypt(plaintext.reveal()),
  );
}

/** The plaintext, or null when the key, the purpose or the bytes are not those of the seal. */
export function openSeal(
  key: Secret<Uint8Array>,
  purpose: SealPurpose,
  sealed: Uint8Array,
): Secret<Uint8Array<ArrayBuffer>> | null {
  if (sealed.length < nonceBytes + tagBytes) return null;
  const cipher = xchacha20poly1305(key.reveal(), sealed.subarray(0, nonceBytes), associatedData(purpose));
  try {
    return new Secret(Uint8Array.from(cipher.decrypt(sealed.subarray(nonceBytes))));
  } catch {
    // Lengths are checked above, so the library throws for a wrong tag only.
    return null;
  }
}

function associatedData({ label, accountId, epoch }: SealPurpose): Uint8Array {
  return concatBytes(
    lengthPrefixed(utf8('hexkey/1 seal')),
    lengthPrefixed(utf8(label)),
    lengthPrefixed(utf8(accountId)),
    uint64(epoch),
  );
}
