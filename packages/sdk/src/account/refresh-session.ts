import { routes } from '@hexkey/contract';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { callerOf } from './current-account.ts';

/** Asks the server how the session stands, and keeps the answer for a start without network. */
export async function refreshSession(client: Client, account: KeptAccount): Promise<KeptAccount> {
  const session = await client.api.call(routes.getSession, { caller: callerOf(client, account) });
  const refreshed = { ...account, session };
  await client.deps.vault.keepAccount(refreshed);
  return refreshed;
}
