import type { AdminAnswer } from '@hexkey/contract';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { invalidField } from '../field-bytes.ts';
import { type LimitName, limits } from '../limits/limits.ts';
import { accountSubject } from '../limits/subjects.ts';
import { findUser } from './find-user.ts';

/** Those of an account that only keep it from doing too much. Clearing another would give somebody more guesses at a secret. */
const clearable: readonly LimitName[] = [
  'personLookupsPerAccount',
  'walletAddressesPerAccount',
  'phoneLookupsPerAccount',
  'reportsPerAccount',
  'keyPackageClaimsPerAccount',
  'groupsPerAccount',
  'joinRequestsPerAccount',
  'avatarsPerAccount',
];
const ofAccounts = (Object.keys(limits) as LimitName[]).filter((name) => name.endsWith('PerAccount'));

type Keys = Pick<Deps, 'keys'>;

/** @throws {DomainError} `NotFound` (account) */
export async function showUserLimits(
  { keys, clock }: Keys & Pick<Deps, 'clock'>,
  stores: Stores,
  hexkeyId: string,
): Promise<AdminAnswer<'showUserLimits'>> {
  const subject = accountSubject(keys, (await findUser(stores, hexkeyId)).id);
  const rows = await Promise.all(
    ofAccounts.map(async (name) => ({
      name,
      ...limits[name],
      spent: await stores.limits.spentCount(name, subject, clock.now()),
      mayBeCleared: clearable.includes(name),
    })),
  );
  return { limits: rows };
}

/** @throws {DomainError} `NotFound` (account), `InvalidField` for a limit that guards a secret or does not exist */
export async function clearUserLimit(
  { keys }: Keys,
  stores: Stores,
  { hexkeyId, limit }: { readonly hexkeyId: string; readonly limit: string },
): Promise<void> {
  const name = clearable.find((one) => one === limit);
  if (name === undefined) throw invalidField('limit', `not one of ${clearable.join(', ')}`);
  await stores.limits.clear(name, accountSubject(keys, (await findUser(stores, hexkeyId)).id));
}
