import { DomainError, routes } from '@hexkey/contract';
import { pinAuthKeyPair } from '@hexkey/protocol';
import { speakForAccount } from '../identity/speak-for-account.ts';
import { callWithPin } from '../transport/call-with-pin.ts';
import type { Client } from './client.ts';
import { callerOf, currentAccount } from './current-account.ts';
import type { PinEntry } from './pin-entry.ts';
import { provePin } from './prove-pin.ts';

/** Whether leaving would lose the account for good. */
export async function holdsOnlyCopyOfWords({ deps }: Client): Promise<boolean> {
  return (await deps.vault.currentAccount())?.onlyCopyOfWords ?? false;
}

/** Drops the session without the PIN and forgets the account here. @throws {DomainError} `OnlyCopyOfWords` */
export async function switchAccount(client: Client): Promise<void> {
  const account = await currentAccount(client);
  if (account.onlyCopyOfWords) throw new DomainError('OnlyCopyOfWords', {});
  await client.api.call(routes.switchAccount, { caller: callerOf(client, account) });
  await client.deps.conversations?.erase(account.accountId);
  await client.deps.vault.eraseAccount(account.accountId);
}

/**
 * Ends the session with the PIN and forgets the account here.
 * @throws {DomainError} `OnlyCopyOfWords`, `NoRecoveryMethod`, what `provePin` throws
 */
export async function logOut(client: Client, entry: PinEntry): Promise<void> {
  const kept = await currentAccount(client);
  if (kept.onlyCopyOfWords) throw new DomainError('OnlyCopyOfWords', {});
  const { recovered, account } = await provePin(client, kept, entry);
  await speakForAccount(client, account, recovered.secret, { leaving: true });
  const pinAuthKey = pinAuthKeyPair(recovered.secret);
  try {
    await callWithPin(client.api, routes.logOut, callerOf(client, account), pinAuthKey, {});
  } catch (error) {
    // It stays, so it is a device of the account again.
    client.background(speakForAccount(client, account, recovered.secret));
    throw error;
  }
  await client.deps.conversations?.erase(account.accountId);
  await client.deps.vault.eraseAccount(account.accountId);
}
