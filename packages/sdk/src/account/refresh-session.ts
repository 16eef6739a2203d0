import { DomainError, routes } from '@hexkey/contract';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { callerOf } from './current-account.ts';

/**
 * Asks the server how the session stands, and keeps the answer for a start without network. What another page has written meanwhile is
 * newer than the answer, and stays.
 * @returns the account as it is now kept
 * @throws {DomainError} `SessionEnded`, also when another page has left the account meanwhile
 */
export async function refreshSession(client: Client, account: KeptAccount): Promise<KeptAccount> {
  const session = await client.api.call(routes.getSession, { caller: callerOf(client, account) });
  const { vault } = client.deps;
  const before = JSON.stringify(account.session);
  await vault.amendAccount(account.accountId, (kept) =>
    JSON.stringify(kept.session) === before ? { ...kept, session } : kept,
  );
  const current = await vault.currentAccount();
  if (current?.accountId !== account.accountId) throw new DomainError('SessionEnded', {});
  return current;
}
