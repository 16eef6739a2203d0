import { loginKeyPair, type SignedNodeSet, type VerifiedNodeSet } from '@hexkey/protocol';
import { finishMove } from '../node-move/finish-move.ts';
import { loadNodeSets, type NodeSets } from '../pin/load-node-sets.ts';
import { type NodeChannel, openNodeChannel } from '../pin/node-channel.ts';
import type { Nodes } from '../pin/nodes.ts';
import type { KeptAccount } from '../storage/vault.ts';
import type { Caller } from '../transport/api-client.ts';
import type { Client } from './client.ts';
import { callerOf } from './current-account.ts';
import { entropyAtHand } from './kept-entropy.ts';

export interface OpenedNodes {
  /** The nodes that the account's PIN is on. */
  readonly channel: NodeChannel;
  /** As it is now kept; on another set than before it is kept once the PIN is proven there. */
  readonly account: KeptAccount;
  readonly nodes: Nodes;
}

/**
 * The account's PIN nodes. The first set it is used with is pinned to it. A move to another set that stopped where its first nodes can do
 * without the PIN is finished on the way.
 * @throws {DomainError} `NodeSetMismatch`
 */
export async function openNodes(client: Client, account: KeptAccount): Promise<OpenedNodes> {
  const found = await findNodes(client, account);
  const own = await finishMove(found);
  const nodes = { ...found, own };
  const channel = nodes.channelTo(own);
  const { hash } = channel.set;
  const used = { ...account, nodeSetHash: hash };
  if (account.nodeSetHash === null || account.session.pinState === 'unset')
    await client.deps.vault.keepAccount(used);
  return { channel, account: used, nodes };
}

/** @throws {DomainError} `NodeSetMismatch` */
export async function findNodes(client: Client, account: KeptAccount): Promise<Nodes> {
  const { deps, tokens } = client;
  const sets = await loadSetsOf(client, account);
  const caller = callerOf(client, account);
  const entropy = await entropyAtHand(client, account);
  const identity = {
    accountId: account.accountId,
    device: caller.device,
    loginKey: entropy === null ? null : loginKeyPair(entropy),
    tokens: await tokensFor(client, caller, sets),
  };
  const channels = new Map<number, NodeChannel>();
  return {
    ...sets,
    channelTo(place) {
      const known = channels.get(place);
      if (known !== undefined) return known;
      const set = sets.sets[place] as VerifiedNodeSet;
      const document = sets.documents[place] as SignedNodeSet;
      const channel = openNodeChannel(deps, { set, document }, identity, tokens.forget);
      channels.set(place, channel);
      return channel;
    },
  };
}

/** Those in hand may be older than a set that the server has been given since. */
async function tokensFor({ tokens }: Client, caller: Caller, { sets, own }: NodeSets) {
  const known = await tokens.of(caller);
  const isKnown = sets
    .slice(own)
    .every(({ nodeSet }) => nodeSet.nodes.every(({ realmId }) => known.has(realmId)));
  if (isKnown) return known;
  tokens.forget();
  return tokens.of(caller);
}

/** @throws {DomainError} `NodeSetMismatch` */
export function loadSetsOf(client: Client, account: KeptAccount): Promise<NodeSets> {
  return loadNodeSets(client.api, client.deps.operatorKey, callerOf(client, account), {
    known: account.nodeSetHash,
    pinState: account.session.pinState,
  });
}
