import {
  CheatError,
  type DealPlace,
  type DealtMessage,
  dealtSealContext,
  dealtStatement,
  equalBytes,
  isSameWallet,
  isWalletMoveGood,
  type KeyShare,
  MalformedError,
  type MoveAnswerTo,
  type MovePath,
  type MoveRequest,
  receiveShares,
  redealtPackage,
  Secret,
  signReceipt,
  type VerifiedNodeSet,
  type WalletPackage,
  walletNodesOf,
  walletPackageHash,
} from '@hexkey/protocol';
import { type Decision, decideOnRecord, type OperationContext } from '../operation.ts';
import type { HeldArrival, PinRecord } from '../records/pin-record.ts';
import { NodeRefusal } from '../refusal.ts';
import { requireWalletDevice } from '../wallet/rights.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { type ArrivedShare, movedWalletOf } from '../wallet/wallet-state.ts';
import { droppableAfterMs } from './arrive.ts';
import { readChain } from './read-chain.ts';

type TakeRequest = Extract<MoveRequest, { kind: 'TakeShare' }>;
type Answer = MoveAnswerTo<'TakeShare'>;

/**
 * Takes this node's share of a wallet from those who held its key before, and keeps it in the record that arrived from them until that is activated. That it is
 * the wallet of this account t of the old nodes say, each under what it dealt; that no dealer changed the key, or sent another share than it is
 * committed to, is computed here. Another dealing's share takes its place once no receipt that tells of it can be good any more, and not before: it stays true.
 * @throws {NodeRefusal} 400, 401
 */
export async function takeShare(
  deps: WalletDeps,
  context: OperationContext,
  request: TakeRequest,
): Promise<Answer> {
  const kind = 'TakeShare';
  const { user } = requireWalletDevice(context.requester);
  const { from, to } = readChain(deps, request.chain, 'to');
  const path: MovePath = { user, from: from.hash, to: to.hash };
  const place = {
    path,
    arrived: request.arrived,
    packageHash: walletPackageHash(request.wallet),
    dealers: request.dealt.map(({ identifier }) => identifier),
  };
  // Whoever has nothing here, or nothing that t old nodes signed, costs no curve arithmetic.
  const waiting = await decideOnRecord(deps, context, (record) => ({
    keep: arrivalOf(record, from.hash, request) ?? null,
  }));
  if (waiting === null) return { kind, outcome: 'Changed' };
  if (!areDealersGood(deps, from, place, request)) return refused(deps, context);
  try {
    const { wallet, key } = await receive(deps, to, place, request);
    const moved = { left: place.packageHash, arrived: walletPackageHash(wallet) };
    const { pinAuthKey } = waiting.held;
    const { sealedShares, order } = request;
    if (pinAuthKey === null || !isWalletMoveGood(place, moved, sealedShares, order, pinAuthKey, deps.verify))
      return await refused(deps, context);
    const taken = { ceremony: request.arrived, package: wallet, key, founder: null };
    return await keep(deps, context, path, request, {
      ...taken,
      left: place.packageHash,
      sealedShares,
      receiptAtMs: context.time.nowMs,
    });
  } catch (error) {
    if (error instanceof CheatError) return { kind, outcome: 'Cheat', identifier: error.identifier };
    if (error instanceof MalformedError) throw new NodeRefusal(400, 'the shares are not of one dealing');
    throw error;
  }
}

function arrivalOf(
  { committed, departure, arrivals }: PinRecord,
  from: Uint8Array,
  { left, arrived }: Pick<TakeRequest, 'left' | 'arrived'>,
): HeldArrival | undefined {
  if (committed !== null || departure !== null) return undefined;
  return arrivals.find(
    (one) =>
      equalBytes(one.held.registration.version, arrived) &&
      equalBytes(one.left, left) &&
      equalBytes(one.from, from),
  );
}

/** Exactly so many as sign, t nodes at least among them, each of which signed for this wallet and for what it sent here. */
function areDealersGood(
  { self, verify }: WalletDeps,
  from: VerifiedNodeSet,
  place: DealPlace,
  { wallet, dealt }: TakeRequest,
): boolean {
  const { parties, nodes } = walletNodesOf(from.nodeSet, from.hash);
  const { min, max } = parties;
  if (wallet.min !== min || wallet.max !== max || !equalBytes(wallet.nodeSetHash, from.hash)) return false;
  if (dealt.length !== min) return false;
  return dealt.every((each) => {
    const { identifier, sealed, signature } = each;
    const node = nodes.find((one) => one.identifier === identifier);
    // The client's own are covered by its owner's order over the package that comes out.
    if (node === undefined) return signature === null && identifier <= max;
    const signed = dealtStatement(place, each, self.identifier, sealed);
    return signature !== null && verify(node.logKey, signed, signature);
  });
}

/** @throws {CheatError} @throws {MalformedError} dealers that are not in order, or one twice */
async function receive(
  { self, sealing }: WalletDeps,
  to: VerifiedNodeSet,
  place: DealPlace,
  { wallet, dealt }: TakeRequest,
): Promise<{ readonly wallet: WalletPackage; readonly key: KeyShare }> {
  const { min, max } = walletNodesOf(to.nodeSet, to.hash).parties;
  const renewed = redealtPackage(wallet, dealt, { min, max, nodeSetHash: to.hash });
  const shares = await Promise.all(
    dealt.map(async ({ identifier: from, sealed }: DealtMessage) => {
      const share = await sealing.open(sealed, dealtSealContext(place, from, self.identifier));
      if (share === null) throw new CheatError(from);
      return { from, share: new Secret(share) };
    }),
  );
  return { wallet: renewed, key: receiveShares(self.identifier, renewed, dealt, shares) };
}

function keep(
  deps: WalletDeps,
  context: OperationContext,
  path: MovePath,
  request: TakeRequest,
  share: ArrivedShare,
): Promise<Answer> {
  const kind = 'TakeShare';
  const { nowMs } = context.time;
  return decideOnRecord(deps, context, (record): Decision<Answer> => {
    const arrival = arrivalOf(record, path.from, request);
    if (arrival === undefined) return { keep: { kind, outcome: 'Changed' } };
    const wallet = movedWalletOf(share);
    const held = arrival.share;
    const isSame = held === null || isSameWallet(movedWalletOf(held), wallet);
    if (!isSame && nowMs - held.receiptAtMs <= droppableAfterMs) return { keep: { kind, outcome: 'Taken' } };
    const { left, arrived } = request;
    const moved = { left, arrived, wallet };
    const { realmId: _, ...receipt } = signReceipt(
      deps.realmId,
      path,
      moved,
      { timeMs: nowMs, active: false },
      deps.logKeys,
    );
    const kept = { ...arrival, share, receiptAtMs: nowMs };
    return {
      write: { ...record, arrivals: record.arrivals.map((one) => (one === arrival ? kept : one)) },
      event: { operation: 'deal', outcome: 'done' },
      result: { kind, outcome: 'Ok', receipt },
    };
  });
}

function refused(deps: WalletDeps, context: OperationContext): Promise<Answer> {
  return decideOnRecord(deps, context, () => ({
    note: { operation: 'deal', outcome: 'refused' },
    result: { kind: 'TakeShare', outcome: 'Refused' },
  }));
}
