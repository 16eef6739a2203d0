import { equalBytes } from '../../encoding/bytes.ts';
import { Secret } from '../../encoding/secret.ts';
import { fromHex, toHex } from '../../encoding/text.ts';
import type { Recover3Ok } from '../wire/answers.ts';
import { decryptSecret, secretEncryptionKey } from './encrypted-secret.ts';
import { scalarOf } from './group.ts';
import { largestGroup } from './largest-group.ts';
import { combineScalars } from './shamir.ts';
import { encryptedSecretCommitment } from './unlock-key.ts';

/** What a node releases for the right tag: Recover3 `Ok`. Nothing of it is trusted. */
export type ReleasedShare = Pick<
  Recover3Ok,
  'encryptionKeyScalarShare' | 'encryptedSecret' | 'encryptedSecretCommitment'
>;

/** Whether the node released what the record's maker gave it. */
export function isGenuineRelease(
  realmId: string,
  unlockKey: Secret<Uint8Array>,
  released: ReleasedShare,
): boolean {
  const expected = encryptedSecretCommitment(
    unlockKey,
    fromHex(realmId),
    released.encryptionKeyScalarShare,
    released.encryptedSecret,
  );
  return equalBytes(expected, released.encryptedSecretCommitment);
}

/**
 * The protected secret, or null while fewer than `threshold` nodes have released shares of one ciphertext.
 *
 * @param released by realm id; each has passed `isGenuineRelease`
 * @param indices `nodeIndices` of the whole set
 * @throws {RangeError} a genuine release that does not decrypt: the record was made wrongly
 */
export function openSecret(
  encryptionKeySeed: Secret<Uint8Array>,
  released: ReadonlyMap<string, ReleasedShare>,
  indices: ReadonlyMap<string, number>,
  threshold: number,
): Secret<Uint8Array<ArrayBuffer>> | null {
  const group = largestGroup(released, ({ encryptedSecret }) => toHex(encryptedSecret)).slice(0, threshold);
  const first = group[0];
  if (first === undefined || group.length < threshold) return null;
  const scalar = combineScalars(
    group.map(([realmId, { encryptionKeyScalarShare }]) => ({
      index: indices.get(realmId) as number,
      value: new Secret(scalarOf(encryptionKeyScalarShare)),
    })),
  );
  const secret = decryptSecret(secretEncryptionKey(encryptionKeySeed, scalar), first[1].encryptedSecret);
  if (secret === null) throw new RangeError('the released shares do not open the secret');
  return secret;
}
