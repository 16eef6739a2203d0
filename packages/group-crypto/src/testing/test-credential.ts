import { keyPairOfSeed, Secret, signEd25519, utf8, verifyEd25519 } from '@hexkey/protocol';
import type { ValidateCredential } from '../group-crypto.ts';
import { rowBytes, rowOf } from '../state/row-codec.ts';

interface TestCredential {
  readonly accountId: string;
  readonly deviceId: string;
  readonly accountKey: Uint8Array;
  readonly signature: Uint8Array;
}

/** A credential as the protocol makes them: the account's key signs account, device and the device's key. */
export function testCredential(
  accountId: string,
  deviceId: string,
  signatureKey: Uint8Array,
  accountSeed = accountId,
): Uint8Array {
  const pair = accountKeyPair(accountSeed);
  const signature = signEd25519(pair, signedPart(accountId, deviceId, signatureKey));
  return rowBytes({ accountId, deviceId, accountKey: pair.publicKey, signature });
}

/** Checks the signature, and that the account's key is the one of its name: what pinning does. */
export const validateTestCredential: ValidateCredential = async (identity, signatureKey) => {
  const credential = rowOf<Partial<TestCredential>>(identity);
  const { accountId, deviceId, accountKey, signature } = credential;
  if (!accountId || !deviceId || !accountKey || !signature) return null;
  const isValid = verifyEd25519(accountKey, signedPart(accountId, deviceId, signatureKey), signature);
  return isValid ? { accountId, deviceId, accountKey } : null;
};

export const accountKeyPair = (accountSeed: string) =>
  keyPairOfSeed(new Secret(utf8(`account key of ${accountSeed}`.padEnd(32).slice(0, 32))));

function signedPart(accountId: string, deviceId: string, signatureKey: Uint8Array): Uint8Array {
  return rowBytes([accountId, deviceId, signatureKey]);
}
