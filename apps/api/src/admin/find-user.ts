import { DomainError } from '@hexkey/contract';
import type { Account } from '../accounts/accounts.store.ts';
import type { Stores } from '../database/stores.ts';

/** @throws {DomainError} `NotFound` (account) */
export async function findUser(stores: Pick<Stores, 'accounts'>, hexkeyId: string): Promise<Account> {
  const account = await stores.accounts.findByHexkeyId(hexkeyId);
  if (account === null) throw new DomainError('NotFound', { what: 'account' });
  return account;
}
