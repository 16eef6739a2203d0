import { type CborMap, cborMap } from './cbor.ts';
import { readMembers } from './members.ts';

/** The public half of a node's OPRF key, signed by a key that is made for one registration and thrown away. */
export interface OprfSignedPublicKey {
  /** Compressed ristretto255 point, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Ed25519, 32 bytes. The same at every node of one registration. */
  readonly verifyingKey: Uint8Array;
  /** Ed25519 over be2(16) || realm id || be2(32) || public key, 64 bytes. */
  readonly signature: Uint8Array;
}

/**
 * What one node keeps of a PIN: Juicebox's Register2 request. The OPRF key and the two shares are the node's secrets;
 * fewer than t nodes together learn nothing about PIN or secret from them.
 */
export interface Registration {
  /** 16 random bytes; names this PIN at every node and salts its hash. */
  readonly version: Uint8Array;
  /** Canonical scalar, 32 bytes little-endian: this node's share of the OPRF key. */
  readonly oprfPrivateKey: Uint8Array;
  readonly oprfSignedPublicKey: OprfSignedPublicKey;
  readonly unlockKeyCommitment: Uint8Array;
  readonly unlockKeyTag: Uint8Array;
  /** Canonical scalar, 32 bytes little-endian: this node's share of the encryption key's scalar. */
  readonly encryptionKeyScalarShare: Uint8Array;
  readonly encryptedSecret: Uint8Array;
  readonly encryptedSecretCommitment: Uint8Array;
  /** Sent by Juicebox clients; our nodes take their limits from the node set. */
  readonly policyNumGuesses: number;
}

/** Lengths in bytes. Source: pin-network specification, section 2. */
export const pinLengths = {
  realmId: 16,
  version: 16,
  scalar: 32,
  point: 32,
  unlockKeyCommitment: 32,
  unlockKeyTag: 16,
  encryptedSecret: 145,
  encryptedSecretCommitment: 16,
  verifyingKey: 32,
  signature: 64,
  nodeSetHash: 32,
  deviceKey: 32,
  thumbprint: 32,
  logHash: 32,
  rightPinMark: 8,
} as const;

export function registrationToCbor(registration: Registration): CborMap {
  return cborMap({
    version: registration.version,
    oprf_private_key: registration.oprfPrivateKey,
    oprf_signed_public_key: signedPublicKeyToCbor(registration.oprfSignedPublicKey),
    unlock_key_commitment: registration.unlockKeyCommitment,
    unlock_key_tag: registration.unlockKeyTag,
    encryption_key_scalar_share: registration.encryptionKeyScalarShare,
    encrypted_secret: registration.encryptedSecret,
    encrypted_secret_commitment: registration.encryptedSecretCommitment,
    policy: cborMap({ num_guesses: registration.policyNumGuesses }),
  });
}

/** @throws {MalformedError} a wrong length, a missing or an unknown member */
export function registrationFromCbor(value: unknown): Registration {
  const members = readMembers(value, [
    'version',
    'oprf_private_key',
    'oprf_signed_public_key',
    'unlock_key_commitment',
    'unlock_key_tag',
    'encryption_key_scalar_share',
    'encrypted_secret',
    'encrypted_secret_commitment',
    'policy',
  ]);
  return {
    version: members.bytes('version', pinLengths.version),
    oprfPrivateKey: members.bytes('oprf_private_key', pinLengths.scalar),
    oprfSignedPublicKey: signedPublicKeyFromCbor(members.value('oprf_signed_public_key'), 'exact'),
    unlockKeyCommitment: members.bytes('unlock_key_commitment', pinLengths.unlockKeyCommitment),
    unlockKeyTag: members.bytes('unlock_key_tag', pinLengths.unlockKeyTag),
    encryptionKeyScalarShare: members.bytes('encryption_key_scalar_share', pinLengths.scalar),
    encryptedSecret: members.bytes('encrypted_secret', pinLengths.encryptedSecret),
    encryptedSecretCommitment: members.bytes(
      'encrypted_secret_commitment',
      pinLengths.encryptedSecretCommitment,
    ),
    policyNumGuesses: readMembers(members.value('policy'), ['num_guesses']).uint16('num_guesses'),
  };
}

export function signedPublicKeyToCbor(key: OprfSignedPublicKey): CborMap {
  return cborMap({
    public_key: key.publicKey,
    verifying_key: key.verifyingKey,
    signature: key.signature,
  });
}

/** @throws {MalformedError} */
export function signedPublicKeyFromCbor(value: unknown, reading: 'exact' | 'lenient'): OprfSignedPublicKey {
  const members = readMembers(
    value,
    reading === 'exact' ? ['public_key', 'verifying_key', 'signature'] : undefined,
  );
  return {
    publicKey: members.bytes('public_key', pinLengths.point),
    verifyingKey: members.bytes('verifying_key', pinLengths.verifyingKey),
    signature: members.bytes('signature', pinLengths.signature),
  };
}
