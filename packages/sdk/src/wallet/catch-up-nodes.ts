import { DomainError, type WalletRecord } from '@hexkey/contract';
import {
  equalBytes,
  type HeldSettings,
  type KeyPair,
  type MissedSetting,
  type PinSecret,
  payAuthKeyPair,
  pinAuthKeyPair,
  settingsBehind,
  walletPackageHash,
} from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import { openNodes } from '../account/open-nodes.ts';
import type { HexkeyDeps } from '../deps.ts';
import type { NodeChannel } from '../pin/node-channel.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { orderOf } from './key/wallet-order.ts';
import { packageOf } from './key/wallet-record.ts';

/**
 * After a right PIN: nodes that were away when limits, an approval or this device's pay key were set hear of it now (ADR 69). Best effort: whatever a node
 * misses again is told at the next entry.
 * @param inTurn keeps the owner's other operations out, on every page: an order that is half given must not look like one that t nodes missed
 */
export async function catchUpNodes(
  client: Client,
  account: KeptAccount,
  pinSecret: PinSecret,
  inTurn: (work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const { deps } = client;
  try {
    const { record } = await deps.vault.walletBook(account.accountId);
    if (record === null) return;
    const { channel } = await openNodes(client, account);
    const look = () => whatIsMissed(client, account, channel, record, pinSecret);
    // Nearly always nobody missed anything, and then nobody waits for this.
    if ((await look()).length === 0) return;
    await inTurn(async () => {
      const missing = await look();
      const by = {
        deviceKey: callerOf(client, account).device.publicKey,
        pinAuthKey: pinAuthKeyPair(pinSecret),
      };
      await Promise.all(missing.map(({ realmId, missed }) => tell(deps, channel, by, realmId, missed)));
    });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

/** What nodes miss, of those that answer and hold this wallet. */
async function whatIsMissed(
  client: Client,
  { accountId }: KeptAccount,
  channel: NodeChannel,
  record: WalletRecord,
  pinSecret: PinSecret,
): Promise<readonly { readonly realmId: string; readonly missed: readonly MissedSetting[] }[]> {
  const held = await settingsOf(channel, walletPackageHash(packageOf(record)));
  const { pay } = await client.deps.vault.walletBook(accountId);
  const payKey = pay === null ? null : payAuthKeyPair(pinSecret).publicKey;
  const { threshold } = channel.set.nodeSet;
  return [...held]
    .map(([realmId, own]) => ({
      realmId,
      missed: settingsBehind(own, [...held.values()], threshold, payKey),
    }))
    .filter(({ missed }) => missed.length > 0);
}

/** One after the other: a raise comes after what is lowered. */
async function tell(
  deps: Pick<HexkeyDeps, 'clock'>,
  channel: NodeChannel,
  { deviceKey, pinAuthKey }: { readonly deviceKey: Uint8Array; readonly pinAuthKey: KeyPair },
  realmId: string,
  missed: readonly MissedSetting[],
): Promise<void> {
  for (const request of missed) {
    const order = orderOf(deps, channel, deviceKey, pinAuthKey, request);
    await channel.askWallet(realmId, { ...request, order });
  }
}

/** Of the nodes that answer and hold this wallet, by realm. */
async function settingsOf(
  channel: NodeChannel,
  packageHash: Uint8Array,
): Promise<ReadonlyMap<string, HeldSettings>> {
  const replies = await Promise.all(
    channel.set.nodeSet.nodes.map(async ({ realmId }) => {
      const reply = await channel.askWallet(realmId, { kind: 'WalletStatus' });
      if (!reply.ok || reply.answer.outcome !== 'Ok') return null;
      const { wallet } = reply.answer;
      const isThis = wallet !== null && equalBytes(wallet.packageHash, packageHash);
      return isThis ? ([realmId, reply.answer] as const) : null;
    }),
  );
  return new Map(replies.filter((reply) => reply !== null));
}
