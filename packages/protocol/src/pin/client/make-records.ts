import { Secret } from '../../encoding/secret.ts';
import { fromHex } from '../../encoding/text.ts';
import type { Random } from '../../ports.ts';
import type { OprfSignedPublicKey, Registration } from '../wire/registration.ts';
import { encryptSecret, secretEncryptionKey } from './encrypted-secret.ts';
import { generator, pointBytes, randomScalar, type Scalar, scalarBytes } from './group.ts';
import { nodeIndices } from './node-index.ts';
import { computeOprf } from './oprf.ts';
import type { StretchedPin } from './pin-hash.ts';
import { type Share, splitScalar } from './shamir.ts';
import { signPublicKeys } from './signed-public-key.ts';
import { encryptedSecretCommitment, unlockKeyOf, unlockKeyTag } from './unlock-key.ts';

/** Juicebox clients choose how many guesses a record stands; our nodes take that from the signed node set. */
const policyNumGuesses = 10;

export interface RecordsInput {
  /** 16 random bytes, fresh for each set of records; also part of the PIN hash's salt. */
  readonly version: Uint8Array;
  readonly stretchedPin: StretchedPin;
  /** At most 128 bytes. */
  readonly secret: Secret<Uint8Array>;
  /** Every node of the set, also those that are away: the positions must not depend on who answers. */
  readonly realmIds: readonly string[];
  readonly threshold: number;
}

/**
 * Everything the nodes keep for one PIN: any `threshold` of them release the secret for it, fewer learn nothing about either.
 * @returns by realm id
 * @throws {RangeError} a threshold, secret or realm id that is out of range
 */
export function makeNodeRecords(input: RecordsInput, random: Random): ReadonlyMap<string, Registration> {
  const { version, stretchedPin, secret, realmIds, threshold } = input;
  const oprfKey = new Secret(randomScalar(random));
  const encryptionKeyScalar = new Secret(randomScalar(random));
  const oprfShares = splitScalar(oprfKey, threshold, realmIds.length, random);
  const encryptionShares = splitScalar(encryptionKeyScalar, threshold, realmIds.length, random);
  const unlockKey = unlockKeyOf(computeOprf(stretchedPin.accessKey, oprfKey));
  const encryptionKey = secretEncryptionKey(stretchedPin.encryptionKeySeed, encryptionKeyScalar);
  const encryptedSecret = encryptSecret(encryptionKey, secret);

  const nodes = [...nodeIndices(realmIds)].map(([realmId, index]) => ({
    realmIdHex: realmId,
    realmId: fromHex(realmId),
    oprfShare: shareAt(oprfShares, index),
    encryptionShare: shareAt(encryptionShares, index),
  }));
  const signedKeys = signPublicKeys(
    nodes.map(({ realmId, oprfShare }) => ({
      realmId,
      publicKey: pointBytes(generator.multiply(oprfShare)),
    })),
    random,
  );
  return new Map(
    nodes.map(({ realmIdHex, realmId, oprfShare, encryptionShare }, position) => {
      const share = scalarBytes(encryptionShare);
      return [
        realmIdHex,
        {
          version,
          oprfPrivateKey: scalarBytes(oprfShare),
          oprfSignedPublicKey: signedKeys[position] as OprfSignedPublicKey,
          unlockKeyCommitment: unlockKey.commitment,
          unlockKeyTag: unlockKeyTag(unlockKey.key, realmId),
          encryptionKeyScalarShare: share,
          encryptedSecret,
          encryptedSecretCommitment: encryptedSecretCommitment(
            unlockKey.key,
            realmId,
            share,
            encryptedSecret,
          ),
          policyNumGuesses,
        },
      ];
    }),
  );
}

function shareAt(shares: readonly Share<Secret<Scalar>>[], index: number): Scalar {
  return (shares[index - 1] as Share<Secret<Scalar>>).value.reveal();
}
