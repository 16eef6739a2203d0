import { DomainError } from '@hexkey/contract';
import {
  type DealPlace,
  fromHex,
  type Receipt,
  signWalletMove,
  type WalletNode,
  walletNodesOf,
  walletPackageHash,
} from '@hexkey/protocol';
import type { HexkeyDeps } from '../../deps.ts';
import type { MoveEnds, MoveTicket } from '../../node-move/move-steps.ts';
import type { NodeChannel } from '../../pin/node-channel.ts';
import { sealShares } from '../key/wallet-shares.ts';
import { collectDeals, type Dealing, namedNodes } from './collect-deals.ts';
import type { MovingWallet } from './moving-wallet.ts';

/**
 * Deals the wallet's key out anew: t old nodes and this client each share their share out among the holders of the new set, who check what they get.
 * @param given.out old nodes that are not asked, by realm id; those that cheat are added
 * @param given.onDeal before new nodes are given shares, and after a dealer was accused: to be written down
 * @returns the ticket with receipts that name the wallet
 * @throws {DomainError} `MoveRefused`: new nodes hold shares of another dealing, whose receipts are good for a while; `SomeNodesAway`: each new node that is missed is one fewer that may fail later, and
 * nothing gives it its share afterwards; `NodesUnavailable`, `NodeCheated`, `DeviceOnHold`, `PinNeededAgain`
 */
export async function dealToNewNodes(
  deps: Pick<HexkeyDeps, 'random' | 'engine'>,
  { from, to, chain }: MoveEnds,
  ticket: MoveTicket,
  wallet: MovingWallet,
  given: {
    readonly out: Set<string>;
    readonly acceptFewerNodes: boolean;
    readonly onDeal: () => Promise<void>;
  },
): Promise<MoveTicket> {
  const { left, arrived } = ticket;
  const packageHash = walletPackageHash(wallet.package);
  const user = { tenant: from.set.nodeSet.tenant, userId: wallet.accountId };
  const path = { user, from: from.set.hash, to: to.set.hash };
  const place: Omit<DealPlace, 'dealers'> = { path, arrived, packageHash };
  const dealing = await collectDeals(deps, { from, to, chain }, place, ticket.order, wallet, given.out);
  const moved = { left: packageHash, arrived: walletPackageHash(dealing.renewed) };
  const of = { accountId: wallet.accountId, epoch: dealing.renewed.epoch };
  const sealedShares = sealShares(wallet.sharesKey, of, dealing.shares, deps.random);
  const order = signWalletMove(place, moved, sealedShares, wallet.pinAuthKeys);
  const terms = { chain, left, arrived, wallet: wallet.package, sealedShares, order };
  await given.onDeal();
  const taken = await giveShares(to, dealing, terms);
  if (taken.accused.length > 0) {
    const accused = namedNodes(from, taken.accused);
    for (const realmId of accused) given.out.add(realmId);
    await given.onDeal();
    throw new DomainError('NodeCheated', { realmIds: accused });
  }
  const { nodes, threshold } = to.set.nodeSet;
  const { receipts } = taken;
  const reachable = receipts.length;
  if (reachable < (given.acceptFewerNodes ? threshold : nodes.length)) {
    if (taken.isElsewhere) throw new DomainError('MoveRefused', {});
    if (reachable < threshold) throw new DomainError('NodesUnavailable', { reachable, needed: threshold });
    throw new DomainError('SomeNodesAway', { reachable, needed: nodes.length });
  }
  return { ...ticket, wallet: moved, receipts };
}

interface Taken {
  readonly receipts: readonly Receipt[];
  /** Old identifiers of dealers whose part did not verify. */
  readonly accused: readonly number[];
  /** Shares of another dealing are held. */
  readonly isElsewhere: boolean;
}

async function giveShares(
  to: NodeChannel,
  { dealt, renewed }: Dealing,
  terms: Omit<Parameters<typeof take>[2], 'dealt'>,
): Promise<Taken> {
  const { nodes } = walletNodesOf(to.set.nodeSet, renewed.nodeSetHash);
  const receipts: Receipt[] = [];
  const accused: number[] = [];
  let isElsewhere = false;
  await Promise.all(
    nodes.map(async (node) => {
      const reply = await take(to, node, { ...terms, dealt: dealt(node.identifier) });
      if (!reply.ok) return;
      const { answer } = reply;
      if (answer.outcome === 'Ok') receipts.push({ realmId: fromHex(node.realmId), ...answer.receipt });
      if (answer.outcome === 'Cheat') accused.push(answer.identifier);
      isElsewhere ||= answer.outcome === 'Taken';
    }),
  );
  return { receipts, accused, isElsewhere };
}

type TakeTerms = Omit<Parameters<NodeChannel['askMove']>[1] & { readonly kind: 'TakeShare' }, 'kind'>;

function take(to: NodeChannel, { realmId }: WalletNode, terms: TakeTerms) {
  return to.askMove(realmId, { kind: 'TakeShare', ...terms });
}
