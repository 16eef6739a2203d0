import { DomainError } from '@hexkey/contract';
import { equalBytes, type PinSecret, type VerifiedNodeSet } from '@hexkey/protocol';
import type { Client } from '../account/client.ts';
import type { PinEntry } from '../account/pin-entry.ts';
import type { Nodes } from '../pin/nodes.ts';
import type { Recovered } from '../pin/recover-secret.ts';
import type { KeptAccount } from '../storage/vault.ts';
import { lookAround } from './finish-move.ts';
import { goOn, moveEnded, tellMoved } from './go-on.ts';
import { activateNodes, closeNodes, type MoveEnds } from './move-steps.ts';

/** The receipts of a share are good for twenty minutes at most. */
const betweenDealsMs = 30 * 60_000;

/**
 * What a PIN entry owes to moves: the server and this device learn where the PIN is, the last old nodes are told to erase it, and a move that
 * was begun here is gone on with. None of it fails the entry; the next one tries again.
 *
 * @param account whose PIN was just proven on the set that `nodes` calls its own
 * @returns the account as it is now kept
 */
export async function afterMoves(
  client: Client,
  nodes: Nodes,
  account: KeptAccount,
  { secret, shown }: Pick<Recovered, 'secret' | 'shown'>,
  { pin, onProgress }: Pick<PinEntry, 'pin' | 'onProgress'>,
): Promise<KeptAccount> {
  try {
    if (nodes.told !== -1 && nodes.told < nodes.own)
      return await moveEnded(client, account, nodes.channelTo(nodes.own), secret, false);
    if (nodes.leaving !== -1) client.background(endLeaving(client, nodes, account, secret));
    if (!isBegunHere(nodes, account) || isDealtLately(client, account)) return account;
    await shown;
    return await goOn(client, account, nodes, { pin, secret, onProgress, acceptFewerNodes: false });
  } catch (error) {
    if (error instanceof DomainError) return (await client.deps.vault.account(account.accountId)) ?? account;
    throw error;
  }
}

/** New nodes take no other share before the last ones' receipts have run out, and to ask them begins that time anew. */
function isDealtLately({ deps }: Client, { walletDeal }: KeptAccount): boolean {
  return walletDeal !== undefined && Math.abs(deps.clock.now() - walletDeal.atMs) < betweenDealsMs;
}

/** The owner approved that set, not one that came since. */
function isBegunHere({ own, sets }: Nodes, { movingTo }: KeptAccount): boolean {
  if (movingTo === undefined || own === sets.length - 1) return false;
  return equalBytes(movingTo, (sets.at(-1) as VerifiedNodeSet).hash);
}

/**
 * Lets the rest of the old nodes erase their records, and those new ones serve theirs that were away: with the word of the others, so that any
 * device does it.
 */
async function endLeaving(
  client: Client,
  nodes: Nodes,
  account: KeptAccount,
  secret: PinSecret,
): Promise<void> {
  const { own, leaving, documents } = nodes;
  if (leaving >= own) return;
  const ends: MoveEnds = {
    from: nodes.channelTo(leaving),
    to: nodes.channelTo(own),
    chain: documents.slice(leaving, own + 1),
  };
  try {
    const { tickets, serving } = await lookAround(ends);
    const [ticket] = tickets;
    if (ticket === undefined) return;
    const realmIds = ends.from.set.nodeSet.nodes.map(({ realmId }) => realmId);
    const closings = await closeNodes(ends, realmIds, ticket, false);
    // One that was given the PIN by others still waits with its share of the wallet.
    const isShareWaiting = ticket.wallet !== null && ticket.receipts.some(({ active }) => !active);
    // That the old ones have let go those may tell it which were activated: of the old ones too few may be left.
    const activated = ticket.receipts.filter(({ active }) => active).length;
    const isTold = isShareWaiting && activated >= ends.to.set.nodeSet.threshold;
    const areAllServing = serving === ends.to.set.nodeSet.nodes.length && !isShareWaiting;
    if (!areAllServing && (isTold || closings.length >= ends.from.set.nodeSet.threshold))
      await activateNodes(ends, ticket, closings);
    if (areAllServing && closings.length === realmIds.length)
      await tellMoved(client, account, ends.to, secret, true);
  } catch (error) {
    // Nodes or server are away: the next PIN entry tries again.
    if (!(error instanceof DomainError)) throw error;
  }
}
