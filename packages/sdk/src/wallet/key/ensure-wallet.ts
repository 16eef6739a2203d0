import { DomainError, routes, type WalletRecord } from '@hexkey/contract';
import {
  equalBytes,
  fromBase64url,
  type PinSecret,
  pinAuthKeyPair,
  toBase64url,
  walletKeyOf,
} from '@hexkey/protocol';
import type { Client } from '../../account/client.ts';
import { callerOf } from '../../account/current-account.ts';
import { entropyWithPin } from '../../account/kept-entropy.ts';
import { openNodes } from '../../account/open-nodes.ts';
import type { WalletPorts } from '../../deps.ts';
import type { PinProgress } from '../../hexkey.ts';
import type { KeptAccount } from '../../storage/vault.ts';
import { callWithPin } from '../../transport/call-with-pin.ts';
import { keepNodeSet } from '../exit/kept-node-set.ts';
import { followWallet } from '../move/follow-wallet.ts';
import { commitWallet } from './commit-wallet.ts';
import { runCeremony } from './run-ceremony.ts';
import { isAt, isRecordGood, packageMembers } from './wallet-record.ts';
import { wrapWallet } from './wallet-shares.ts';

/**
 * After a right PIN: an account without a wallet gets one, and nodes that missed the commit hear of it. It may stop anywhere, and a start afterwards ends with
 * the one wallet that the account server took first. One that was moved to other nodes is followed there.
 * @throws {DomainError} `SomeNodesAway`, `NodeCheated`, `Offline`
 */
export async function ensureWallet(
  client: Client,
  ports: Pick<WalletPorts, 'participants'>,
  account: KeptAccount,
  pinSecret: PinSecret,
  onProgress: (progress: PinProgress) => void = () => undefined,
): Promise<void> {
  const { vault } = client.deps;
  const { accountId } = account;
  const book = await vault.walletBook(accountId);
  if (book.record !== null && book.isCommitted && isAt(book.record, account.nodeSetHash))
    return keepNodeSet(client, account, book);
  const caller = callerOf(client, account);
  const { channel } = await openNodes(client, account);
  const there = book.record ?? (await client.api.call(routes.getWallet, { caller })).wallet;
  if (there !== null && (there.epoch > 1 || !isAt(there, channel.set.hash))) {
    await followWallet(client, account, channel, there, pinSecret);
    return client.walletChanged();
  }
  if (there !== null && !isRecordGood(there, channel.set, accountId))
    throw new DomainError('NodeCheated', { realmIds: [] });
  const record = there ?? (await makeWallet());
  await vault.changeWalletBook(accountId, (before) => ({ ...before, record, nodeSet: channel.document }));
  const by = { deviceKey: caller.device.publicKey, pinAuthKey: pinAuthKeyPair(pinSecret) };
  const isCommitted = await commitWallet(client.deps, channel, record, by);
  if (isCommitted) await vault.changeWalletBook(accountId, (before) => ({ ...before, isCommitted }));
  client.walletChanged();

  /** @returns the one that counts: another device may have been faster, and its shares are sealed for this one too */
  async function makeWallet(): Promise<WalletRecord> {
    const entropy = await entropyWithPin(client, account, pinSecret);
    const made = await runCeremony(client.deps, channel, ports.participants(), onProgress);
    const of = { accountId, publicKey: walletKeyOf(made.wallet), epoch: made.wallet.epoch };
    const body: WalletRecord = {
      ceremony: toBase64url(made.ceremony),
      ...packageMembers(made.wallet),
      vouchers: made.vouchers.map(({ realmId, signature }) => ({
        realmId,
        signature: toBase64url(signature),
      })),
      ...wrapWallet(of, made.shares, { pinSecret, entropy }, client.deps.random),
    };
    const { wallet } = await callWithPin(client.api, routes.createWallet, caller, pinAuthKeyPair(pinSecret), {
      body,
    });
    if (!isRecordGood(wallet, channel.set, accountId)) throw new DomainError('NodeCheated', { realmIds: [] });
    return equalBytes(fromBase64url(wallet.publicKey), of.publicKey) ? body : wallet;
  }
}

/** Whoever typed the PIN wanted something else: what goes wrong is left for the next entry. */
export async function tryToEnsureWallet(...given: Parameters<typeof ensureWallet>): Promise<void> {
  try {
    await ensureWallet(...given);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}
