import { loginKeyPair } from '@hexkey/protocol';
import { loadNodeSet } from '../pin/load-node-set.ts';
import { type NodeChannel, openNodeChannel } from '../pin/node-channel.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { Client } from './client.ts';
import { callerOf } from './current-account.ts';
import { entropyAtHand } from './kept-entropy.ts';

/**
 * The account's PIN nodes. The first set it is seen with is pinned to it.
 * @returns the account as it is now kept
 * @throws {DomainError} `NodeSetMismatch`
 */
export async function openNodes(
  client: Client,
  account: KeptAccount,
): Promise<{ readonly channel: NodeChannel; readonly account: KeptAccount }> {
  const { api, deps, tokens } = client;
  const caller = callerOf(client, account);
  const set = await loadNodeSet(api, deps.operatorKey, account.nodeSetHash);
  const pinned = account.nodeSetHash === null ? { ...account, nodeSetHash: set.hash } : account;
  if (pinned !== account) await deps.vault.keepAccount(pinned);
  const entropy = await entropyAtHand(client, account);
  const identity = {
    accountId: account.accountId,
    device: caller.device,
    loginKey: entropy === null ? null : loginKeyPair(entropy),
    tokens: await tokens.of(caller),
  };
  return { channel: openNodeChannel(deps, set, identity, tokens.forget), account: pinned };
}
