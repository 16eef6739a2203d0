import { isDomainError } from '@hexkey/contract';
import { type Arrival, type Departure, equalBytes, fromHex, placeInChain, toHex } from '@hexkey/protocol';
import { decideEarly } from '../pin/decide-early.ts';
import type { NodeChannel } from '../pin/node-channel.ts';
import type { Nodes } from '../pin/nodes.ts';
import { activateNodes, closeNodes, type MoveEnds, type MoveTicket } from './move-steps.ts';

type Departures = ReadonlyMap<string, Departure | null>;

/**
 * Finishes a move of which an old node has seen the end: with some of them closed the others may be too few to show a PIN to, and what is
 * left to do needs none (docs/protocol/pin-node.md section 10). Asks nobody when there is no set to move to.
 * @returns the place of the set that the PIN is on; where it was, as long as t of its nodes serve it
 */
export async function finishMove(nodes: Nodes): Promise<number> {
  const { own, sets } = nodes;
  await finishArrival(nodes);
  if (own === sets.length - 1) return own;
  const from = nodes.channelTo(own);
  const departures = await departuresFrom(from);
  const targets = new Set([...departures.values()].map((departure) => departure && toHex(departure.to)));
  for (const target of targets) {
    const place = target === null ? -1 : placeInChain(sets, fromHex(target));
    if (place > own && (await finishTo(nodes, place, departures)))
      // It may have gone on from there.
      return finishMove({ ...nodes, own: place, told: place, leaving: -1 });
  }
  return own;
}

/** A move that ended where t nodes served: of those, some may be away now, while others hold the record and were not reached then. */
async function finishArrival(nodes: Nodes): Promise<void> {
  const { own, told, leaving } = nodes;
  const from = Math.min(...[told, leaving].filter((place) => place !== -1));
  if (!(from < own) || (await isServed(nodes.channelTo(own)))) return;
  const departures = await departuresFrom(nodes.channelTo(from));
  await finishTo({ ...nodes, own: from }, own, departures);
}

/** Whether t nodes serve the account; no more of them are waited for. */
function isServed(to: NodeChannel): Promise<boolean> {
  const { nodes, threshold } = to.set.nodeSet;
  const asked = new Map(
    nodes.map(({ realmId }) => [realmId, to.askMove(realmId, { kind: 'MoveStatus' })] as const),
  );
  return decideEarly(asked, (replies, pending) => {
    const serving = [...replies.values()].filter((reply) => reply.ok && reply.answer.serves);
    return serving.length >= threshold || (pending === 0 ? false : undefined);
  });
}

/** What is known of the old nodes; no more than t of them are waited for while those say that they serve the account. */
function departuresFrom(from: NodeChannel): Promise<Departures> {
  const { nodes, threshold } = from.set.nodeSet;
  const asked = new Map(
    nodes.map(({ realmId }) => [realmId, from.askMove(realmId, { kind: 'MoveStatus' })] as const),
  );
  return decideEarly(asked, (replies, pending) => {
    const told = new Map(
      [...replies].flatMap(([realmId, reply]) =>
        reply.ok ? [[realmId, reply.answer.departure] as const] : [],
      ),
    );
    const serving = [...told.values()].filter((departure) => departure === null).length;
    return pending === 0 || serving >= threshold ? told : undefined;
  });
}

/** @returns whether t new nodes serve the account now */
async function finishTo(nodes: Nodes, place: number, departures: Departures): Promise<boolean> {
  const { own, documents } = nodes;
  const ends: MoveEnds = {
    from: nodes.channelTo(own),
    to: nodes.channelTo(place),
    chain: documents.slice(own, place + 1),
  };
  const departed = [...departures].flatMap(([realmId, departure]) =>
    departure !== null && equalBytes(departure.to, ends.to.set.hash) ? [[realmId, departure] as const] : [],
  );
  const { threshold } = ends.from.set.nodeSet;
  for (const ticket of (await lookAround(ends)).tickets) {
    const closed = departed.filter(([, { left }]) => equalBytes(left, ticket.left));
    if (closed.length === 0) continue;
    const isClosed = (realmId: string) => closed.some(([id]) => id === realmId);
    const missing = threshold - closed.length;
    // Fewer would not do, and to close them could leave t nodes to no record at all, when a PIN change has come in between.
    if (missing > 0 && (await countCommitted(ends.from, ticket.left, isClosed)) < missing) continue;
    const told = closed.map(([realmId, { closing }]) => ({ realmId: fromHex(realmId), ...closing }));
    const others = ends.from.set.nodeSet.nodes
      .map(({ realmId }) => realmId)
      .filter((realmId) => !isClosed(realmId));
    const closings = [...told, ...(await closeNodes(ends, others, ticket, false))];
    if (closings.length >= threshold && (await isActivated(ends, ticket, closings))) return true;
  }
  return false;
}

/** How many of the nodes that are not closed still have that record as the committed one. */
async function countCommitted(
  from: NodeChannel,
  version: Uint8Array,
  isClosed: (realmId: string) => boolean,
): Promise<number> {
  const open = from.set.nodeSet.nodes.filter(({ realmId }) => !isClosed(realmId));
  const committed = await Promise.all(
    open.map(async ({ realmId }) => {
      const reply = await from.ask(realmId, { kind: 'ListVersions' });
      if (!reply.ok) return false;
      return reply.answer.versions.some(
        (held) => held.state === 'committed' && equalBytes(held.version, version),
      );
    }),
  );
  return committed.filter(Boolean).length;
}

async function isActivated(...given: Parameters<typeof activateNodes>): Promise<boolean> {
  try {
    await activateNodes(...given);
    return true;
  } catch (error) {
    if (isDomainError(error, 'NodesUnavailable')) return false;
    throw error;
  }
}

export interface NewNodesStand {
  /** Records that t new nodes hold for this move, the one at most nodes first, with fresh receipts. */
  readonly tickets: readonly MoveTicket[];
  /** How many of them serve the account. */
  readonly serving: number;
}

export async function lookAround({ from, to }: MoveEnds): Promise<NewNodesStand> {
  const { nodes, threshold } = to.set.nodeSet;
  let serving = 0;
  const tickets = new Map<string, MoveTicket>();
  await Promise.all(
    nodes.map(async ({ realmId }) => {
      const reply = await to.askMove(realmId, { kind: 'MoveStatus' });
      if (!reply.ok) return;
      if (reply.answer.serves) serving += 1;
      for (const arrival of reply.answer.arrivals.filter((one) => equalBytes(one.from, from.set.hash))) {
        const receipt = { realmId: fromHex(realmId), ...arrival.receipt };
        const known = tickets.get(nameOf(arrival));
        tickets.set(nameOf(arrival), { ...arrival, receipts: [...(known?.receipts ?? []), receipt] });
      }
    }),
  );
  const held = [...tickets.values()]
    .filter(({ receipts }) => receipts.length >= threshold)
    .toSorted((left, right) => right.receipts.length - left.receipts.length);
  return { tickets: held, serving };
}

/** A node that lies about the order must not spoil it for the others. */
const nameOf = ({ left, arrived, order, wallet }: Arrival) =>
  [left, arrived, order, ...(wallet === null ? [] : [wallet.left, wallet.arrived])].map(toHex).join('/');
