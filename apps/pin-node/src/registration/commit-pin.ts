import {
  budgetOf,
  type Caller,
  equalBytes,
  hasRecentRightPin,
  type NodeAnswer,
  type NodeRequest,
  recordRightPin,
  spendGuess,
  type ThrottleState,
  toHex,
} from '@hexkey/protocol';
import { isMoving } from '../moving/moving-record.ts';
import { type Decision, decideOnRecord, type OperationContext, type OperationDeps } from '../operation.ts';
import { type HeldRegistration, heldVersion, isVersion, type PinRecord } from '../records/pin-record.ts';
import { deviceNameOf } from '../requester/requester.ts';
import { walletAfterReplacing } from '../wallet/wallet-after-replacing.ts';
import { isOutdated } from './is-outdated.ts';
import { requireDevice } from './require-device.ts';

type CommitRequest = Extract<NodeRequest, { kind: 'Commit' }>;

/**
 * Makes the staged version the only one, for whoever shows its PIN: the tag follows from t evaluations of the new PIN.
 * Committing the current version again answers Ok, so a client may repeat it. While a record of another set waits, nothing is committed but what t other nodes vouched for: they serve the account, so
 * that what waits was passed over. A request that names the last right PIN commits nothing after
 * another one, whose sender may have decided to replace what is staged.
 * @throws {NodeRefusal} 401
 */
export function commitPin(
  deps: OperationDeps,
  context: OperationContext,
  request: CommitRequest,
): Promise<NodeAnswer> {
  requireDevice(context.requester);
  const { nowMs } = context.time;
  return decideOnRecord(deps, context, (record, caller): Decision<NodeAnswer> => {
    const held = heldVersion(record, request.version);
    if (held === null) return { keep: { kind: 'Commit', outcome: 'VersionMismatch' } };
    if (isMoving(record) && !record.stagedOnWord) return { keep: { kind: 'Commit', outcome: 'Changed' } };
    const replaces = record.committed !== null && !isVersion(record.committed, request.version);
    if (replaces && !hasRecentRightPin(record.throttle, caller, nowMs))
      return {
        note: { operation: 'commit', outcome: 'refused' },
        result: { kind: 'Commit', outcome: 'ProofRequired' },
      };
    if (!equalBytes(held.registration.unlockKeyTag, request.unlockKeyTag))
      return wrongTag(deps, record, caller, request, nowMs);
    if (isOutdated(record, request))
      return {
        keep: { kind: 'Commit', outcome: isVersion(record.committed, request.version) ? 'Ok' : 'Changed' },
      };

    const throttle = recordRightPin(record.throttle, caller, nowMs);
    return {
      write: {
        ...record,
        ...(isVersion(record.committed, request.version)
          ? // A version that was staged since is left alone.
            { throttle }
          : {
              committed: held,
              staged: null,
              stagedOnWord: false,
              committedAtMs: nowMs,
              throttle: afterReplacing(record.committed, held, throttle, caller),
              wallet: walletAfterReplacing(record, held, deviceNameOf(context.requester)),
            }),
        madeWithProof: true,
      },
      event: { operation: 'commit', outcome: 'right' },
      result: { kind: 'Commit', outcome: 'Ok' },
    };
  });
}

/**
 * Whoever showed the PIN before may replace nothing any more. A new PIN-auth key means that somebody knew the PIN: every other device
 * has to show the new one as a stranger would.
 */
function afterReplacing(
  before: HeldRegistration | null,
  now: HeldRegistration,
  throttle: ThrottleState,
  caller: Caller,
): ThrottleState {
  if (before === null) return throttle;
  const isHandedOver = before.pinAuthKey !== null && !isSameKey(before.pinAuthKey, now.pinAuthKey);
  const devices = isHandedOver
    ? throttle.devices.filter((device) => device.caller === caller.id)
    : throttle.devices.map((device) =>
        device.caller === caller.id ? device : { ...device, lastRightAtMs: 0 },
      );
  return { ...throttle, devices };
}

function isSameKey(left: Uint8Array, right: Uint8Array | null): boolean {
  return right !== null && equalBytes(left, right);
}

/** A wrong tag is a guess: it costs what a guess costs, and nothing more once the bucket is empty. */
function wrongTag(
  deps: OperationDeps,
  record: PinRecord,
  caller: Caller,
  request: CommitRequest,
  nowMs: number,
): Decision<NodeAnswer> {
  const name = `${toHex(request.version)}/${toHex(request.unlockKeyTag)}`;
  const spend = spendGuess(record.throttle, deps.limits, { caller, request: name, nowMs });
  const throttle = spend.verdict === 'granted' ? spend.state : record.throttle;
  const budget = budgetOf(throttle, caller, deps.limits, nowMs);
  const answer: NodeAnswer = {
    kind: 'Commit',
    outcome: 'BadUnlockKeyTag',
    guessesRemaining: budget.limit - budget.spent,
    budget,
  };
  if (spend.verdict === 'repeated') return { keep: answer };
  if (spend.verdict === 'locked')
    return { note: { operation: 'commit', outcome: 'refused' }, result: answer };
  return {
    write: { ...record, throttle },
    event: { operation: 'commit', outcome: 'wrong' },
    result: answer,
  };
}
