import { blake2s } from '@noble/hashes/blake2.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, lengthPrefixed, utf8 } from '../../encoding/bytes.ts';
import { Secret } from '../../encoding/secret.ts';

/** What the OPRF output proves. */
export interface UnlockKey {
  /** 32 bytes that every node shows: equal only for the right PIN. Useless without the nodes' keys. */
  readonly commitment: Uint8Array<ArrayBuffer>;
  /** 32 bytes. The client shows each node a tag of it, never the key. */
  readonly key: Secret<Uint8Array<ArrayBuffer>>;
}

/** `d = SHA-512(output)`, commitment `d[0:32]`, key `d[32:64]`. Pin-network specification, section 2, "Cryptography". */
export function unlockKeyOf(oprfOutput: Secret<Uint8Array>): UnlockKey {
  const digest = sha512(oprfOutput.reveal());
  return {
    commitment: Uint8Array.from(digest.subarray(0, 32)),
    key: new Secret(Uint8Array.from(digest.subarray(32))),
  };
}

/** What one node accepts as proof of the PIN, 16 bytes: `BLAKE2s(key)(lp("Unlock Key Tag") || lp(realm id))`. RFC 7693. */
export function unlockKeyTag(unlockKey: Secret<Uint8Array>, realmId: Uint8Array): Uint8Array<ArrayBuffer> {
  return keyedHash(unlockKey, 16, utf8('Unlock Key Tag'), realmId);
}

/**
 * Binds a node to the share and the ciphertext it was given, 16 bytes:
 * `BLAKE2s(key)(lp("Encrypted User Secret Commitment") || lp(realm id) || lp(share) || lp(encrypted secret))`.
 */
export function encryptedSecretCommitment(
  unlockKey: Secret<Uint8Array>,
  realmId: Uint8Array,
  encryptionKeyScalarShare: Uint8Array,
  encryptedSecret: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const label = utf8('Encrypted User Secret Commitment');
  return keyedHash(unlockKey, 16, label, realmId, encryptionKeyScalarShare, encryptedSecret);
}

/** Keyed BLAKE2s over length-prefixed parts. RFC 7693 section 2.9. */
export function keyedHash(
  key: Secret<Uint8Array>,
  lengthBytes: number,
  ...parts: readonly Uint8Array[]
): Uint8Array<ArrayBuffer> {
  const message = concatBytes(...parts.map(lengthPrefixed));
  return Uint8Array.from(blake2s(message, { key: key.reveal(), dkLen: lengthBytes }));
}
