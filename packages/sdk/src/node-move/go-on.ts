import { DomainError, routes } from '@hexkey/contract';
import {
  accountShard,
  loginKeyPair,
  type PinSecret,
  pinAuthKeyPair,
  type Secret,
  toBase64url,
} from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import { callerOf } from '../account/current-account.ts';
import { entropyWithPin } from '../account/kept-entropy.ts';
import type { PinProgress } from '../hexkey.ts';
import { gatherVouchers } from '../pin/gather-vouchers.ts';
import { requireLastProver } from '../pin/last-prover.ts';
import type { NodeChannel } from '../pin/node-channel.ts';
import type { Nodes } from '../pin/nodes.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { callWithPin } from '../transport/call-with-pin.ts';
import { activateNodes, arriveEverywhere, closeNodes, type MoveEnds } from './move-steps.ts';
import { takeWalletAlong } from './take-wallet-along.ts';

/** The rest of a move, once the old nodes were shown the PIN by this operation. */
export async function goOn(
  client: Client,
  account: KeptAccount,
  nodes: Nodes,
  given: {
    readonly pin: Secret<string>;
    readonly secret: PinSecret;
    readonly onProgress: (progress: PinProgress) => void;
    /** The owner was told that nodes of the new set are away. */
    readonly acceptFewerNodes: boolean;
  },
): Promise<KeptAccount> {
  const { secret, onProgress } = given;
  const ends = endsOf(nodes);
  const { from, to } = ends;
  const moving = { ...account, movingTo: to.set.hash };
  await client.deps.vault.keepAccount(moving);
  const { threshold } = from.set.nodeSet;
  const vouchers = await gatherVouchers(from);
  if (vouchers === null) throw new DomainError('NodesUnavailable', { reachable: 0, needed: threshold });
  const along = await takeWalletAlong(client, moving, ends, secret, given.acceptFewerNodes);
  const entropy = await entropyWithPin(client, moving, secret);
  const [shard, loginKey] = [accountShard(entropy), loginKeyPair(entropy).publicKey];
  const record = { pin: given.pin, secret, shard, loginKey, vouchers };
  const arrived = await arriveEverywhere(ends, client.deps, record, (done, of) =>
    onProgress({ step: 'exchanging', done, of }),
  );
  onProgress({ step: 'generating' });
  // Its shares are dealt anew before any old node closes.
  const ticket = along === null ? arrived : await along.to(arrived);
  onProgress({ step: 'registering' });
  // As before a commit: another device may have shown the old nodes a PIN, to change it.
  await requireLastProver(from);
  const realmIds = from.set.nodeSet.nodes.map(({ realmId }) => realmId);
  const closings = await closeNodes(ends, realmIds, ticket, true);
  if (closings.length < threshold)
    throw new DomainError('NodesUnavailable', { reachable: closings.length, needed: threshold });
  const activated = await activateNodes(ends, ticket, closings);
  const isDone = closings.length === realmIds.length && activated === to.set.nodeSet.nodes.length;
  return moveEnded(client, moving, to, secret, isDone);
}

/** From the account's set to the newest. */
export function endsOf(nodes: Nodes): MoveEnds {
  const { own, sets, documents } = nodes;
  const last = sets.length - 1;
  return { from: nodes.channelTo(own), to: nodes.channelTo(last), chain: documents.slice(own) };
}

/** Keeps where the PIN is, then tells the server. @param done whether every old node has erased its record, and every new one serves it */
export async function moveEnded(
  client: Client,
  account: KeptAccount,
  to: NodeChannel,
  secret: PinSecret,
  done: boolean,
): Promise<KeptAccount> {
  const { movingTo: _, walletDeal: __, ...rest } = account;
  const moved = { ...rest, nodeSetHash: to.set.hash };
  await client.deps.vault.keepAccount(moved);
  await tellMoved(client, moved, to, secret, done);
  return moved;
}

export function tellMoved(
  client: Client,
  account: KeptAccount,
  to: NodeChannel,
  secret: PinSecret,
  done: boolean,
): Promise<void> {
  const caller = callerOf(client, account);
  const body = { nodeSetHash: toBase64url(to.set.hash), done };
  return callWithPin(client.api, routes.moveNodeSet, caller, pinAuthKeyPair(secret), { body });
}
