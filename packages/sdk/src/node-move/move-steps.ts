import { DomainError } from '@hexkey/contract';
import {
  type Closing,
  type DerivedKey,
  decodeCarried,
  fromHex,
  MalformedError,
  type MovedRecord,
  makeNodeRecords,
  moveRandom,
  type PinSecret,
  pinAuthKeyPair,
  type Receipt,
  type Registration,
  type Secret,
  type SignedNodeSet,
  signMoveOrder,
  type Vouchers,
} from '@hexkey/protocol';
import type { NodeChannel } from '../pin/node-channel.ts';
import type { PinHash } from '../pin/pin-hash.ts';
import { stretchPin } from '../pin/stretch-pin.ts';

/** The nodes that are left and those that are moved to, with the chain of sets from one to the other. */
export interface MoveEnds {
  readonly from: NodeChannel;
  readonly to: NodeChannel;
  readonly chain: readonly SignedNodeSet[];
}

/** What lets old nodes close: a record that t new nodes hold, and the owner's order. No secret, and any device may use it. */
export interface MoveTicket extends MovedRecord {
  readonly order: Uint8Array;
  readonly receipts: readonly Receipt[];
}

/**
 * Gives each new node a record of the PIN that was just proven at the old ones, of the same secret: the same one whichever device does it and
 * however often (ADR 88). Nothing is served there yet.
 * @param vouchers of t old nodes, for the record that is left
 * @throws {DomainError} `MoveRefused` when a new node serves a record of the account already; `NodesUnavailable` when fewer than t took it
 */
export async function arriveEverywhere(
  { from, to, chain }: MoveEnds,
  { pinHash }: { readonly pinHash: PinHash },
  given: {
    readonly pin: Secret<string>;
    readonly secret: PinSecret;
    readonly shard: DerivedKey;
    readonly loginKey: Uint8Array;
    readonly vouchers: Vouchers;
  },
  onTaken: (done: number, of: number) => void,
): Promise<MoveTicket> {
  const { pin, secret, shard, loginKey, vouchers } = given;
  const { nodes, threshold, tenant } = to.set.nodeSet;
  onTaken(0, nodes.length);
  const random = moveRandom(secret, shard, { from: from.set.hash, to: to.set.hash }, vouchers.version);
  const version = random(16);
  const stretchedPin = await stretchPin(pinHash, pin, version, to.accountId);
  const realmIds = nodes.map(({ realmId }) => realmId);
  const records = makeNodeRecords({ version, stretchedPin, secret, realmIds, threshold }, random);
  const pinAuthKeys = pinAuthKeyPair(secret);
  const path = { user: { tenant, userId: to.accountId }, from: from.set.hash, to: to.set.hash };
  const order = signMoveOrder(path, pinAuthKeys);
  const receipts: Receipt[] = [];
  const outcomes = await Promise.all(
    realmIds.map(async (realmId) => {
      const registration = records.get(realmId) as Registration;
      const terms = { chain, registration, loginKey, pinAuthKey: pinAuthKeys.publicKey, order, vouchers };
      const reply = await to.askMove(realmId, { kind: 'Arrive', ...terms });
      if (!reply.ok) return null;
      if (reply.answer.outcome === 'Ok') {
        receipts.push({ realmId: fromHex(realmId), ...reply.answer.receipt });
        onTaken(receipts.length, nodes.length);
      }
      return reply.answer.outcome;
    }),
  );
  if (receipts.length < threshold && outcomes.some((outcome) => outcome === 'Taken' || outcome === 'Busy'))
    throw new DomainError('MoveRefused', {});
  if (receipts.length < threshold)
    throw new DomainError('NodesUnavailable', { reachable: receipts.length, needed: threshold });
  return { left: vouchers.version, arrived: version, wallet: null, order, receipts };
}

/**
 * Lets each of these old nodes erase its record and sign what was spent there.
 * @param named whether the nodes are to refuse after another device's right PIN: so for the operation that showed them its own
 * @returns what those signed that have erased it, now or before
 */
export async function closeNodes(
  { from, chain }: MoveEnds,
  realmIds: readonly string[],
  ticket: MoveTicket,
  named: boolean,
): Promise<readonly Closing[]> {
  const closed = await Promise.all(
    realmIds.map(async (realmId) => {
      const request = { kind: 'Close' as const, chain, ...ticketTerms(ticket) };
      const mark = named ? from.marks.named(realmId) : {};
      const reply = await from.askMove(realmId, { ...request, ...mark });
      if (!reply.ok || reply.answer.outcome !== 'Ok') return [];
      return [{ realmId: fromHex(realmId), ...reply.answer.closing }];
    }),
  );
  return closed.flat();
}

/**
 * Has the new nodes serve the record, with what the old ones had counted.
 * @returns how many do, at least t
 * @throws {DomainError} `NodesUnavailable` below that: any device finishes it
 */
export async function activateNodes(
  { from, to, chain }: MoveEnds,
  { left, arrived, wallet, receipts }: MoveTicket,
  closings: readonly Closing[],
): Promise<number> {
  const { nodes, threshold } = to.set.nodeSet;
  const terms = {
    chain,
    left,
    arrived,
    wallet,
    ...evidenceOf({ wallet, receipts }, closings, from.set.nodeSet.threshold),
  };
  const activated = await Promise.all(
    nodes.map(async ({ realmId }) => {
      const reply = await to.askMove(realmId, { kind: 'Activate', ...terms });
      return reply.ok && reply.answer.outcome === 'Ok';
    }),
  );
  const reachable = activated.filter(Boolean).length;
  if (reachable < threshold) throw new DomainError('NodesUnavailable', { reachable, needed: threshold });
  return reachable;
}

function ticketTerms({ left, arrived, wallet, order, receipts }: MoveTicket) {
  return { left, arrived, wallet, order, receipts };
}

/**
 * A node that missed its share of the wallet needs the word of t others for it. Where none went along, an old node that says it held one is left out, as long as t others say nothing of it: it
 * would keep every new node from serving the PIN.
 */
function evidenceOf(
  { wallet, receipts }: Pick<MoveTicket, 'wallet' | 'receipts'>,
  closings: readonly Closing[],
  threshold: number,
): { readonly closings: readonly Closing[]; readonly receipts: readonly Receipt[] } {
  if (wallet !== null) return { closings, receipts };
  const others = closings.filter(({ carried }) => !tellsOfWallet(carried));
  return { closings: others.length >= threshold ? others : closings, receipts: [] };
}

function tellsOfWallet(carried: Uint8Array): boolean {
  try {
    return decodeCarried(carried).wallet !== null;
  } catch (error) {
    if (error instanceof MalformedError) return true;
    throw error;
  }
}
