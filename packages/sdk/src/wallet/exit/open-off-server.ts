import { DomainError, type WalletRecord } from '@hexkey/contract';
import type { DerivedKey, KeyShare } from '@hexkey/protocol';
import type { Client } from '../../account/client.ts';
import { callerOf } from '../../account/current-account.ts';
import { type NodeChannel, openNodeChannel } from '../../pin/node-channel.ts';
import type { KeptAccount } from '../../storage/vault.ts';
import { isRecordGood } from '../key/wallet-record.ts';
import { openShares } from '../key/wallet-shares.ts';
import { keptNodeSet } from './kept-node-set.ts';

/** Without tokens: an enrolled device key needs none (docs/protocol/pin-node.md section 3), and there is none to forget. */
const tokens = new Map<string, string>();
const onUnauthorized = () => undefined;

/** The account's nodes, asked without the account server. @throws {DomainError} `ServerNeeded` (node-set) */
export async function nodesOffServer(client: Client, account: KeptAccount): Promise<NodeChannel> {
  const { accountId } = account;
  const kept = keptNodeSet(client, account, await client.deps.vault.walletBook(accountId));
  const { device } = callerOf(client, account);
  return openNodeChannel(client.deps, kept, { accountId, device, loginKey: null, tokens }, onUnauthorized);
}

/**
 * What a signature takes, from this device and the nodes alone.
 * @throws {DomainError} `ServerNeeded`: the record is not here, is of other nodes than the PIN, or its shares are under an S_pin that was replaced on another device
 */
export async function openOffServer(
  client: Client,
  account: KeptAccount,
  key: DerivedKey,
): Promise<{
  readonly record: WalletRecord;
  readonly shares: readonly KeyShare[];
  readonly channel: NodeChannel;
}> {
  const { accountId } = account;
  const [{ record }, channel] = [
    await client.deps.vault.walletBook(accountId),
    await nodesOffServer(client, account),
  ];
  const shares =
    record === null || !isRecordGood(record, channel.set, accountId)
      ? null
      : openShares(key, accountId, record);
  if (record === null || shares === null) throw new DomainError('ServerNeeded', { missing: 'wallet' });
  return { record, shares, channel };
}
