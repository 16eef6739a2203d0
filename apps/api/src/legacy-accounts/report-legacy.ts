import type { AdminAnswer } from '@hexkey/contract';
import type { Stores } from '../database/stores.ts';

/** How many have upgraded, and who has not: a page of them. */
export async function reportLegacy(
  stores: Pick<Stores, 'legacyAccounts'>,
  after: string | null,
  max: number,
): Promise<AdminAnswer<'listLegacy'>> {
  const accounts = await stores.legacyAccounts.waiting(after, max);
  return {
    ...(await stores.legacyAccounts.counts()),
    accounts: accounts.map(({ hexkey_id, reference, imported_at_ms }) => ({
      hexkeyId: hexkey_id,
      reference,
      importedAtMs: imported_at_ms,
    })),
  };
}

/** Whether an account was imported, and has upgraded since. */
export async function pinUpgradeOf(
  stores: Pick<Stores, 'legacyAccounts'>,
  accountId: string,
): Promise<AdminAnswer<'showUser'>['pinUpgrade']> {
  const legacy = await stores.legacyAccounts.get(accountId);
  if (legacy === null) return null;
  return legacy.hash_sealed === null ? 'done' : 'waiting';
}
