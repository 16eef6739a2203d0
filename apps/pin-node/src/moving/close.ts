import {
  areReceiptsGood,
  type Caller,
  type CarriedWallet,
  carriedOf,
  encodeCarried,
  equalBytes,
  hasRecentRightPin,
  isMoveOrderGood,
  type MoveAnswerTo,
  type MovePath,
  type MoveRequest,
  prune,
  recentSpending,
  signClosing,
  vouchingNodesOf,
  walletPackageHash,
} from '@hexkey/protocol';
import { type Decision, decideOnRecord, type OperationContext, type OperationDeps } from '../operation.ts';
import { emptyRecord, type HeldDeparture, isVersion, type PinRecord } from '../records/pin-record.ts';
import { isOutdated } from '../registration/is-outdated.ts';
import { requireDevice } from '../registration/require-device.ts';
import type { WalletState } from '../wallet/wallet-state.ts';
import { losesWallet } from './moving-record.ts';
import { readChain } from './read-chain.ts';

type CloseRequest = Extract<MoveRequest, { kind: 'Close' }>;
type Answer = MoveAnswerTo<'Close'>;

/**
 * Lets an account go, for good: its record is erased, no guess is granted any more, and what was spent is signed for the new nodes. Needs
 * the owner's order and receipts of t new nodes for a record that took the place of the committed one, but not the PIN: with some old
 * nodes closed the others may be too few to show it to, and whoever has order and receipts can only finish what its owner began. Once the new nodes
 * serve the account, whatever is held here is erased: this node missed a change before. A share of a wallet is erased for receipts that name shares in its place.
 * @throws {NodeRefusal} 400, 401
 */
export async function close(
  deps: OperationDeps,
  context: OperationContext,
  request: CloseRequest,
): Promise<Answer> {
  requireDevice(context.requester);
  const { nowMs } = context.time;
  const { from, to } = readChain(deps, request.chain, 'from');
  const { user } = context.requester;
  const path: MovePath = { user, from: from.hash, to: to.hash };
  const newNodes = vouchingNodesOf(to.nodeSet);
  const areGood = (receipts: CloseRequest['receipts']) =>
    areReceiptsGood(newNodes, path, request, receipts, nowMs, deps.verify);
  const areHeld = areGood(request.receipts);
  const areActive = areGood(request.receipts.filter(({ active }) => active));
  return decideOnRecord(deps, context, (record, caller): Decision<Answer> => {
    if (record.departure !== null) {
      const isSame =
        equalBytes(record.departure.to, to.hash) && equalBytes(record.departure.left, request.left);
      return { keep: isSame ? closed(deps, path, record.departure) : { kind: 'Close', outcome: 'Changed' } };
    }
    const { committed } = record;
    if (!areActive && (!isVersion(committed, request.left) || isOutdated(record, request)))
      return { keep: { kind: 'Close', outcome: 'Changed' } };
    if (losesWallet(record, request.wallet)) return { keep: { kind: 'Close', outcome: 'HoldsWallet' } };
    const owner = committed?.pinAuthKey ?? null;
    const isOrdered =
      owner === null
        ? // Nothing is lost where nothing is committed.
          committed === null && areActive
        : isMoveOrderGood(path, request.order, owner, deps.verify);
    if (!isOrdered || !areHeld)
      return {
        note: { operation: 'close', outcome: 'refused' },
        result: { kind: 'Close', outcome: 'Refused' },
      };
    if (!areActive && request.rightPinMark === undefined && isAnotherAtWork(record, caller, nowMs))
      return { keep: { kind: 'Close', outcome: 'Changed' } };
    const departure = {
      to: to.hash,
      left: request.left,
      atMs: nowMs,
      carried: encodeCarried(
        carriedOf(prune(record.throttle, deps.limits, nowMs), carriedWalletOf(record.wallet, nowMs)),
      ),
    };
    return {
      write: erased(record, departure),
      event: { operation: 'close', outcome: 'done' },
      result: closed(deps, path, departure),
    };
  });
}

/**
 * Whether another device may still commit: one that names no right PIN of its own waits until it cannot any more. Both at once could leave
 * each other fewer than t nodes (ADR 88).
 */
function isAnotherAtWork({ throttle }: PinRecord, caller: Caller, nowMs: number): boolean {
  return throttle.devices.some(
    (device) =>
      device.caller !== caller.id && hasRecentRightPin(throttle, { ...caller, id: device.caller }, nowMs),
  );
}

function carriedWalletOf(wallet: WalletState, nowMs: number): CarriedWallet | null {
  const { committed, approved, payKeys, spending } = wallet;
  if (committed === null) return null;
  const packageHash = walletPackageHash(committed.package);
  const { founder } = committed;
  return { packageHash, founder, approved, payKeys, spending: recentSpending(spending, nowMs) };
}

/** Everything of the PIN and of the wallet goes, enrolments too; what is left says that the account was here. */
function erased({ clockEra, log, rightPinMark }: PinRecord, departure: HeldDeparture): PinRecord {
  return { ...emptyRecord(clockEra), madeWithProof: true, rightPinMark, log, departure };
}

function closed(
  { realmId, logKeys }: OperationDeps,
  path: MovePath,
  { left, atMs, carried }: HeldDeparture,
): Answer {
  const { timeMs, signature } = signClosing(realmId, path, left, { timeMs: atMs, carried }, logKeys);
  return { kind: 'Close', outcome: 'Ok', closing: { timeMs, signature, carried } };
}
