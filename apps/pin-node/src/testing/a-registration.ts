import { concatBytes, type Random, type Registration } from '@hexkey/protocol';
import { nobleGroup } from '../evaluation/noble-group.ts';

/** A registration that a node accepts. Nobody can open its secret; the right PIN is stood for by `unlockKeyTag`. */
export function aRegistration(random: Random): Registration {
  const oprfPrivateKey = aScalar(random);
  const publicKey = nobleGroup().publicKeyOf(oprfPrivateKey);
  if (publicKey === null) throw new Error('the random scalar is zero');
  return {
    version: random(16),
    oprfPrivateKey,
    oprfSignedPublicKey: { publicKey, verifyingKey: random(32), signature: random(64) },
    unlockKeyCommitment: random(32),
    unlockKeyTag: random(16),
    encryptionKeyScalarShare: aScalar(random),
    encryptedSecret: random(145),
    encryptedSecretCommitment: random(16),
    policyNumGuesses: 5,
  };
}

/** A point, as a client would blind a PIN to. */
export function aBlindedInput(random: Random): Uint8Array {
  return aRegistration(random).oprfSignedPublicKey.publicKey;
}

function aScalar(random: Random): Uint8Array {
  return concatBytes(random(31), new Uint8Array(1));
}
