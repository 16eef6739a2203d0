import { DomainError, routes } from '@hexkey/contract';
import { type PinSecret, pinAuthKeyPair, signEraseWithdrawal, toBase64url } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import type { NodeChannel } from '../pin/node-channel.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { callWithPin } from '../transport/call-with-pin.ts';

/**
 * Takes back that the account is to be deleted, if it is: at the nodes first, whoever keeps the order, then at the server. So many nodes must
 * hear of it that those which may still obey the order are too few to take the PIN along; the server tells them later.
 * @throws {DomainError} `NodesUnavailable`; the account is then still to be deleted, and the same again goes on
 */
export async function keepAccount(
  client: Client,
  channel: NodeChannel,
  account: KeptAccount,
  pinSecret: PinSecret,
): Promise<void> {
  const caller = callerOf(client, account);
  const { pending } = await client.api.call(routes.getDeletion, { caller });
  if (pending === null) return;
  const { nodeSet, hash } = channel.set;
  const user = { tenant: nodeSet.tenant, userId: account.accountId };
  // Not the server's number alone: one that told a lower number would keep a good order.
  const sequence = Math.max(client.deps.clock.now(), pending.sequence + 1);
  const pinAuthKeys = pinAuthKeyPair(pinSecret);
  const withdrawal = signEraseWithdrawal({ user, nodeSetHash: hash }, sequence, pinAuthKeys);
  const replies = await Promise.all(
    nodeSet.nodes.map(({ realmId }) =>
      channel.askErase(realmId, { kind: 'WithdrawErase', user, withdrawal }),
    ),
  );
  const reachable = replies.filter((reply) => reply.ok && reply.answer === 'Ok').length;
  const needed = nodeSet.nodes.length - nodeSet.threshold + 1;
  if (reachable < needed) throw new DomainError('NodesUnavailable', { reachable, needed });
  await callWithPin(client.api, routes.cancelDeletion, caller, pinAuthKeys, {
    body: { sequence, signature: toBase64url(withdrawal.signature) },
  });
}
