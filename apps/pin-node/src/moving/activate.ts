import {
  areClosingsGood,
  areReceiptsGood,
  type CarriedThrottle,
  type Closing,
  decodeCarried,
  equalBytes,
  fillSpending,
  isSameWallet,
  MalformedError,
  type MoveAnswerTo,
  type MoveRequest,
  mergeThrottles,
  mergeWallets,
  type ThrottleState,
  vouchingNodesOf,
} from '@hexkey/protocol';
import { type Decision, decideOnRecord, type OperationContext, type OperationDeps } from '../operation.ts';
import type { HeldArrival, HeldRegistration, PinRecord } from '../records/pin-record.ts';
import { requireDevice } from '../registration/require-device.ts';
import { type ArrivedShare, movedWalletOf, type WalletState } from '../wallet/wallet-state.ts';
import { readChain } from './read-chain.ts';

type ActivateRequest = Extract<MoveRequest, { kind: 'Activate' }>;
type Answer = MoveAnswerTo<'Activate'>;

/**
 * Serves an arrived record from now on, once t nodes of the set before have let theirs go: they never grant a guess at it again, and what they
 * had counted counts here; with it, its share of the wallet that came along. A node that was given the PIN by the others meanwhile takes the share alone; that
 * the old nodes have let go t others may tell it, who serve the account: of the old ones too few may be left. Needs no PIN, as `close`.
 * @throws {NodeRefusal} 400, 401
 */
export async function activate(
  deps: OperationDeps,
  context: OperationContext,
  request: ActivateRequest,
): Promise<Answer> {
  requireDevice(context.requester);
  const { nowMs } = context.time;
  const { from, to } = readChain(deps, request.chain, 'to');
  const path = { user: context.requester.user, from: from.hash, to: to.hash };
  const left = vouchingNodesOf(from.nodeSet);
  const carried = areClosingsGood(left, path, request.left, request.closings, deps.verify)
    ? carriedIn(request.closings)
    : null;
  // A node that was away when the shares were dealt serves the PIN, where t others hold the wallet.
  const areGood = (receipts: ActivateRequest['receipts']) =>
    request.wallet !== null &&
    areReceiptsGood(vouchingNodesOf(to.nodeSet), path, request, receipts, nowMs, deps.verify);
  const isWalletHeld = areGood(request.receipts);
  const isServed = areGood(request.receipts.filter(({ active }) => active));
  return decideOnRecord(deps, context, (record): Decision<Answer> => {
    const { origin } = record;
    if (origin !== null && equalBytes(origin.from, from.hash) && equalBytes(origin.arrived, request.arrived))
      return { keep: { kind: 'Activate', outcome: 'Ok' } };
    const arrival = record.arrivals.find(
      (one) =>
        equalBytes(one.held.registration.version, request.arrived) &&
        equalBytes(one.left, request.left) &&
        equalBytes(one.from, from.hash),
    );
    if (record.departure !== null || arrival === undefined)
      return { keep: { kind: 'Activate', outcome: 'Changed' } };
    const isNamed = isSameWallet(movedWalletOf(arrival.share), request.wallet);
    const share = isNamed ? arrival.share : null;
    const wallet =
      share === null || (carried === null && !isServed)
        ? record.wallet
        : walletOf(share, arrival.held, carried, left.threshold, nowMs);
    if (record.committed !== null) {
      if (!takesShareOnly(record, { ...arrival, share }) || (carried === null && !isServed))
        return { keep: { kind: 'Activate', outcome: 'Changed' } };
      return {
        write: { ...record, wallet, arrivals: [] },
        event: { operation: 'activate', outcome: 'done' },
        result: { kind: 'Activate', outcome: 'Ok' },
      };
    }
    const isWalletLost = share === null && !isWalletHeld && carried?.some(({ wallet }) => wallet !== null);
    if (carried === null || isWalletLost)
      return {
        note: { operation: 'activate', outcome: 'refused' },
        result: { kind: 'Activate', outcome: 'Refused' },
      };
    return {
      write: {
        ...record,
        committed: arrival.held,
        committedAtMs: nowMs,
        staged: null,
        stagedOnWord: false,
        madeWithProof: true,
        throttle: startedFrom(record.throttle, mergeThrottles(carried, left.threshold, deps.limits, nowMs)),
        wallet,
        arrivals: [],
        origin: {
          from: from.hash,
          left: request.left,
          arrived: request.arrived,
          order: arrival.order,
          wallet: movedWalletOf(share) ?? (isWalletHeld ? request.wallet : null),
        },
      },
      event: { operation: 'activate', outcome: 'done' },
      result: { kind: 'Activate', outcome: 'Ok' },
    };
  });
}

/** Whether this node was given the PIN by the word of others before it heard of the activation, and has no wallet yet. */
function takesShareOnly({ committed, wallet }: PinRecord, { held, share }: HeldArrival): boolean {
  const [own, arrived] = [committed?.pinAuthKey ?? null, held.pinAuthKey];
  const isSameOwner = own !== null && arrived !== null && equalBytes(own, arrived);
  return share !== null && wallet.committed === null && isSameOwner;
}

/** Nor is what was tried here before taken back. Who was enrolled by a first record proved nothing about this one. */
function startedFrom(here: ThrottleState, carried: ThrottleState): ThrottleState {
  const guesses = [...here.guesses, ...carried.guesses].toSorted((left, right) => left.atMs - right.atMs);
  return { guesses, locks: [...here.locks, ...carried.locks], devices: carried.devices };
}

/** @param carried null when nobody is left who could tell what was spent: then all of it counts as spent for a day, as after a restore */
function walletOf(
  { left, receiptAtMs: _, ...share }: ArrivedShare,
  { pinAuthKey }: HeldRegistration,
  carried: readonly CarriedThrottle[] | null,
  threshold: number,
  nowMs: number,
): WalletState {
  if (pinAuthKey === null) throw new Error('a record that arrived has a PIN-auth key');
  const told = (carried ?? []).flatMap(({ wallet }) => (wallet === null ? [] : [wallet]));
  const ofThis = told.filter(({ packageHash }) => equalBytes(packageHash, left));
  const { founder, spending: merged, ...rest } = mergeWallets(ofThis, threshold, nowMs);
  const spending = carried === null ? fillSpending(merged, nowMs) : merged;
  // These nodes have not waited: an export of the key has to be begun anew.
  return { ...rest, spending, committed: { ...share, founder, pinAuthKey }, staged: [], exporting: null };
}

function carriedIn(closings: readonly Closing[]): readonly CarriedThrottle[] | null {
  try {
    return closings.map((closing) => decodeCarried(closing.carried));
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
}
