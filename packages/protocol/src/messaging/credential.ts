import { type KeyPair, signEd25519, verifyEd25519 } from '../account/ed25519.ts';
import { statement } from '../account/statements.ts';
import { utf8 } from '../encoding/bytes.ts';
import { MalformedError } from '../pin/malformed.ts';
import { cborMap, decodeCbor, encodeCbor } from '../pin/wire/cbor.ts';
import { readMembers } from '../pin/wire/members.ts';

/** Whose leaf it is: one device of one account. */
export interface CredentialSubject {
  /** UUID text. */
  readonly accountId: string;
  /** UUID text of the session. */
  readonly deviceId: string;
}

/** What the credential of a leaf says (docs/protocol/messaging.md section 1). Public. */
export interface DeviceCredential extends CredentialSubject {
  /** Account identity key, Ed25519, 32 bytes. */
  readonly aik: Uint8Array;
  /** By the AIK, 64 bytes. */
  readonly signature: Uint8Array;
}

/**
 * The identity of a basic credential (RFC 9420 section 5.3): the account's word that this device signs with this key.
 * @param aik of the account, in memory during a PIN entry only
 * @param signatureKey the device's MLS key, Ed25519, 32 bytes
 */
export function makeCredential(
  aik: KeyPair,
  subject: CredentialSubject,
  signatureKey: Uint8Array,
): Uint8Array<ArrayBuffer> {
  return encodeCbor(
    cborMap({
      account: subject.accountId,
      device: subject.deviceId,
      aik: aik.publicKey,
      signature: signEd25519(aik, credentialStatement(subject, signatureKey)),
    }),
  );
}

/** Reads an identity without judging it. @throws {MalformedError} anything that `makeCredential` does not write */
export function readCredential(identity: Uint8Array): DeviceCredential {
  const members = readMembers(decodeCbor(identity), ['account', 'device', 'aik', 'signature']);
  return {
    accountId: members.uuid('account'),
    deviceId: members.uuid('device'),
    aik: members.bytes('aik', 32),
    signature: members.bytes('signature', 64),
  };
}

/**
 * What an identity says, once the AIK it names has signed it for that key; null otherwise. Whether that AIK is the account's own is for the pin
 * and the device list to say.
 */
export function verifyCredential(identity: Uint8Array, signatureKey: Uint8Array): DeviceCredential | null {
  try {
    const credential = readCredential(identity);
    const said = credentialStatement(credential, signatureKey);
    return verifyEd25519(credential.aik, said, credential.signature) ? credential : null;
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
}

function credentialStatement({ accountId, deviceId }: CredentialSubject, signatureKey: Uint8Array) {
  return statement('hexkey/1 device-credential', utf8(accountId), utf8(deviceId), signatureKey);
}
