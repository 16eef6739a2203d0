import { DomainError, routes, type WalletRecord } from '@hexkey/contract';
import { type DerivedKey, equalBytes, fromBase64url, type KeyShare } from '@hexkey/protocol';
import type { Client } from '../../account/client.ts';
import { callerOf } from '../../account/current-account.ts';
import { loadSetsOf, openNodes } from '../../account/open-nodes.ts';
import type { KeptAccount } from '../../storage/vault.ts';
import { isAt, isRecordGood } from '../key/wallet-record.ts';
import { openShares } from '../key/wallet-shares.ts';
import { moveRecord } from '../move/follow-wallet.ts';

/** The record as this device has it, else the server's. @throws {DomainError} `WalletMissing`, `Offline` */
export async function recordOf(client: Client, account: KeptAccount): Promise<WalletRecord> {
  const { record } = await client.deps.vault.walletBook(account.accountId);
  return record ?? (await fetchRecord(client, account));
}

/** The server's, which is kept. @throws {DomainError} `WalletMissing`; `NodeCheated`: not one that the account's nodes vouched for */
export async function fetchRecord(client: Client, account: KeptAccount): Promise<WalletRecord> {
  const { wallet } = await client.api.call(routes.getWallet, { caller: callerOf(client, account) });
  if (wallet === null) throw new DomainError('WalletMissing', {});
  return keepRecord(client, account, wallet);
}

/**
 * Keeps what the server told, once it is checked: the owner is paid at its address.
 * @returns the one that is kept, which may be another
 * @throws {DomainError} `NodeCheated`
 */
export async function keepRecord(
  client: Client,
  account: KeptAccount,
  wallet: WalletRecord,
): Promise<WalletRecord> {
  const { sets } = await loadSetsOf(client, account);
  const set = sets.find(({ hash }) => equalBytes(hash, fromBase64url(wallet.nodeSetHash)));
  if (set === undefined || !isRecordGood(wallet, set, account.accountId))
    throw new DomainError('NodeCheated', { realmIds: [] });
  await client.deps.vault.changeWalletBook(account.accountId, (book) => {
    // Another address under this account is no change that a server may make.
    if (book.record !== null && book.record.publicKey !== wallet.publicKey) return book;
    // The server hears of a move last.
    if (book.record !== null && book.record.epoch > wallet.epoch) return book;
    return { ...book, record: wallet };
  });
  return (await client.deps.vault.walletBook(account.accountId)).record ?? wallet;
}

/**
 * The client's shares. What this device keeps may be under an S_pin that was replaced on another one: then the server has the newer seal.
 * @throws {DomainError} `SecretReplaced`: neither opens
 */
export async function openWallet(
  client: Client,
  account: KeptAccount,
  key: DerivedKey,
): Promise<{ readonly record: WalletRecord; readonly shares: readonly KeyShare[] }> {
  const { accountId } = account;
  const { channel } = await openNodes(client, account);
  const known = await recordOf(client, account);
  const isHere = isAt(known, channel.set.hash);
  const kept = isHere ? known : await moveRecord(client, account, channel, known, key);
  const shares = openShares(key, accountId, kept);
  if (shares !== null) return { record: kept, shares };
  const record = await fetchRecord(client, account);
  const opened = openShares(key, accountId, record);
  if (opened === null) throw new DomainError('SecretReplaced', {});
  return { record, shares: opened };
}
