import { DomainError } from '@hexkey/contract';
import type { Stores } from '../database/stores.ts';

/** Where the web client moves such an account. */
const tool = '/upgrade-pin';

/** Why an account cannot log in as others do: another system's PIN guards it still. null: it can. */
export async function upgradeRefusal(
  stores: Pick<Stores, 'legacyAccounts'>,
  accountId: string,
): Promise<DomainError<'PinUpgradeRequired'> | null> {
  const legacy = await stores.legacyAccounts.get(accountId);
  return legacy === null || legacy.hash_sealed === null
    ? null
    : new DomainError('PinUpgradeRequired', { tool });
}
