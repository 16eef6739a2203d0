import { DomainError, routes, type WalletRewrap } from '@hexkey/contract';
import { type Entropy, fromBase64url, type PinSecret } from '@hexkey/protocol';
import type { Client } from '../../account/client.ts';
import { callerOf } from '../../account/current-account.ts';
import { openNodes } from '../../account/open-nodes.ts';
import type { KeptAccount } from '../../storage/vault.ts';
import { followWallet } from '../move/follow-wallet.ts';
import { isAt } from './wallet-record.ts';
import { openShares, sharesKey, wrapWallet } from './wallet-shares.ts';

/**
 * Before S_pin is replaced: the wallet's shares under the secret that follows, and its address signed by the identity key that follows. The ones under the current secret
 * stay beside them until one of the two PINs wins (ADR 62). Null for an account without a wallet.
 * @throws {DomainError} `SecretReplaced`: the shares do not open, so a new secret would lose them
 */
export async function rewrapWallet(
  client: Client,
  account: KeptAccount,
  entropy: Entropy,
  { from, to }: { readonly from: PinSecret; readonly to: PinSecret },
): Promise<WalletRewrap | null> {
  const caller = callerOf(client, account);
  const { wallet: told } = await client.api.call(routes.getWallet, { caller });
  if (told === null) return null;
  const { accountId } = account;
  // The new seal must be of the shares that the nodes' go with.
  const { channel } = await openNodes(client, account);
  const isHere = isAt(told, channel.set.hash);
  const wallet = isHere ? told : await followWallet(client, account, channel, told, from);
  const shares = openShares(sharesKey(from, entropy), accountId, wallet);
  if (shares === null) throw new DomainError('SecretReplaced', {});
  const of = { accountId, publicKey: fromBase64url(wallet.publicKey), epoch: wallet.epoch };
  return wrapWallet(of, shares, { pinSecret: to, entropy }, client.deps.random);
}
