import { DomainError, routes } from '@hexkey/contract';
import { type PinSecret, pinAuthKeyPair } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import { entropyWithPin } from '../account/kept-entropy.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { MoveEnds, MoveTicket } from './move-steps.ts';

/** Takes a wallet to the nodes that a record has just arrived at. */
export interface WalletAlong {
  /**
   * @param ticket of the record at the new nodes
   * @returns the same with receipts that name the wallet
   * @throws {DomainError} `MoveRefused`: new nodes hold the shares of an interrupted try, for twenty minutes; `SomeNodesAway`, `NodesUnavailable`, `NodeCheated`, `DeviceOnHold`, `PinNeededAgain`
   */
  to(ticket: MoveTicket): Promise<MoveTicket>;
}

/**
 * The wallet's part of a move (docs/protocol/wallet.md section 9): its key is shared out anew among the new nodes and this client, between their taking the PIN's record and
 * the old ones' erasing it. The key itself is nowhere, and the address stays.
 *
 * @returns null for an account without a wallet
 * @throws {DomainError} `WalletStaysBehind` while a wallet is being made; `SecretReplaced`: its shares do not open
 */
export async function takeWalletAlong(
  client: Client,
  account: KeptAccount,
  ends: MoveEnds,
  secret: PinSecret,
  acceptFewerNodes: boolean,
): Promise<WalletAlong | null> {
  const caller = callerOf(client, account);
  const { wallet: record } = await client.api.call(routes.getWallet, { caller });
  if (record === null) {
    if (await isWalletMade(ends)) throw new DomainError('WalletStaysBehind', {});
    return null;
  }
  const { dealToNewNodes } = await import('../wallet/move/deal-to-new-nodes.ts');
  const { openMovingWallet } = await import('../wallet/move/moving-wallet.ts');
  const { commitWallet } = await import('../wallet/key/commit-wallet.ts');
  const entropy = await entropyWithPin(client, account, secret);
  const wallet = openMovingWallet(ends, record, { accountId: account.accountId, pinSecret: secret, entropy });
  // A creation that was interrupted is ended first: a node that has only staged its share deals nothing.
  const by = { deviceKey: caller.device.publicKey, pinAuthKey: pinAuthKeyPair(secret) };
  if (wallet.package.epoch === 1) await commitWallet(client.deps, ends.from, record, by);
  const { nodes, threshold } = ends.from.set.nodeSet;
  const without = account.walletDeal?.without ?? [];
  // New nodes that accuse too many are not believed.
  const out = new Set(nodes.length - without.length >= threshold ? without : []);
  const onDeal = async () => {
    const walletDeal = { atMs: client.deps.clock.now(), without: [...out] };
    await client.deps.vault.amendAccount(account.accountId, (kept) => ({ ...kept, walletDeal }));
  };
  return {
    to: (ticket) => dealToNewNodes(client.deps, ends, ticket, wallet, { out, acceptFewerNodes, onDeal }),
  };
}

/** Whether an old node holds a share of a wallet that the account server does not know: it would be lost. */
async function isWalletMade({ from }: MoveEnds): Promise<boolean> {
  const holding = await Promise.all(
    from.set.nodeSet.nodes.map(async ({ realmId }) => {
      const reply = await from.askMove(realmId, { kind: 'MoveStatus' });
      return reply.ok && reply.answer.holdsWallet;
    }),
  );
  return holding.includes(true);
}
