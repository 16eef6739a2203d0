import { openSeal, Secret, seal, textOf, utf8 } from '@hexkey/protocol';
import type { Deps } from '../deps.ts';
import type { ServerKeys } from '../keys/server-keys.ts';
import { type LegacyHash, readLegacyHash } from './read-legacy-hash.ts';

const purposeOf = (accountId: string) => ({ label: 'legacy-pin', accountId, epoch: 1 });

/** Old PINs are few and their hashes are quickly searched: a copy of the database alone holds none. */
export function sealLegacyHash(
  { keys, random }: Pick<Deps, 'keys' | 'random'>,
  accountId: string,
  hash: string,
): Uint8Array {
  return seal(keys.phone, purposeOf(accountId), new Secret(utf8(hash)), random);
}

export function openLegacyHash(
  keys: Pick<ServerKeys, 'phone'>,
  accountId: string,
  sealed: Uint8Array,
): string {
  const plain = openSeal(keys.phone, purposeOf(accountId), sealed);
  if (plain === null) throw new Error('a stored hash does not open: wrong key file for this database?');
  return textOf(plain.reveal());
}

/** As `readLegacyHash` let it in. */
export function openLegacyCheck(
  keys: Pick<ServerKeys, 'phone'>,
  accountId: string,
  sealed: Uint8Array,
): LegacyHash {
  const hash = readLegacyHash(openLegacyHash(keys, accountId, sealed));
  if (typeof hash === 'string') throw new Error('a stored hash is none');
  return hash;
}
