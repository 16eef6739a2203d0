import { createHash } from 'node:crypto';
import { nobleGroup } from '@hexkey/pin-node';
import { type AccountRow, anAccount } from '@hexkey/pin-node/testing/an-account';
import { concatBytes, keyPairOfSeed, type Registration, Secret } from '@hexkey/protocol';
import { tenant } from '../node-client.ts';

/**
 * Registered accounts, each a function of its number, so that a million need not be kept. Evaluation keys are shared by
 * many accounts, because making a million public keys would take longer than the measurement; nothing else is.
 */
export interface Population {
  userIdOf(index: number): string;
  registrationOf(index: number): Registration;
  deviceKeysOf(index: number): ReturnType<typeof keyPairOfSeed>;
  rowOf(index: number): AccountRow;
}

const evaluationKeys = 64;
/** A node remembers the nonces of one device up to a limit. */
const devices = 256;

export function populationOf(realmId: Uint8Array, setAtMs: number): Population {
  const group = nobleGroup();
  const keys = Array.from({ length: evaluationKeys }, (_, index) => {
    const privateKey = concatBytes(bytesOf(`key ${index}`, 31), new Uint8Array(1));
    return { privateKey, publicKey: group.publicKeyOf(privateKey) as Uint8Array };
  });
  const deviceKeys = Array.from({ length: devices }, (_, index) =>
    keyPairOfSeed(new Secret(bytesOf(`device ${index}`, 32))),
  );
  const at = <T>(list: readonly T[], index: number) => list[index % list.length] as T;
  const userIdOf = (index: number) => `account-${index}`;

  function registrationOf(index: number): Registration {
    const { privateKey, publicKey } = at(keys, index);
    const take = taker(bytesOf(`account ${index}`, 352));
    return {
      version: take(16),
      oprfPrivateKey: privateKey,
      oprfSignedPublicKey: { publicKey, verifyingKey: take(32), signature: take(64) },
      unlockKeyCommitment: take(32),
      unlockKeyTag: take(16),
      encryptionKeyScalarShare: concatBytes(take(31), new Uint8Array(1)),
      encryptedSecret: take(145),
      encryptedSecretCommitment: take(16),
      policyNumGuesses: 5,
    };
  }

  return {
    userIdOf,
    registrationOf,
    deviceKeysOf: (index) => at(deviceKeys, index),
    rowOf: (index) =>
      anAccount({
        realmId,
        user: { tenant, userId: userIdOf(index) },
        held: {
          registration: registrationOf(index),
          nodeSetHash: at(keys, 0).publicKey,
          loginKey: bytesOf(`login ${index}`, 32),
          pinAuthKey: bytesOf(`pin auth ${index}`, 32),
        },
        deviceKey: at(deviceKeys, index).publicKey,
        setAtMs,
      }),
  };
}

/** SHAKE256 as a source of bytes that are the same in every process. */
function bytesOf(name: string, lengthBytes: number): Uint8Array {
  return createHash('shake256', { outputLength: lengthBytes }).update(`hexkey bench ${name}`).digest();
}

function taker(bytes: Uint8Array): (lengthBytes: number) => Uint8Array {
  let offset = 0;
  return (lengthBytes) => {
    offset += lengthBytes;
    return bytes.subarray(offset - lengthBytes, offset);
  };
}
