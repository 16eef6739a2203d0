import {
  budgetOf,
  type Caller,
  equalBytes,
  hasRecentRightPin,
  type NodeAnswer,
  type NodeRequest,
  recordRightPin,
  spendGuess,
  toHex,
} from '@hexkey/protocol';
import { type Decision, decideOnRecord, type OperationContext, type OperationDeps } from '../operation.ts';
import { heldVersion, isVersion, type PinRecord } from '../records/pin-record.ts';
import { requireDevice } from './require-device.ts';

type CommitRequest = Extract<NodeRequest, { kind: 'Recover3' | 'Commit' }>;

/**
 * Makes the staged version the only one, for whoever shows its PIN: the tag follows from t evaluations of the new PIN.
 * Committing the current version again answers Ok, so a client may repeat it.
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
    const replaces = record.committed !== null && !isVersion(record.committed, request.version);
    if (replaces && !hasRecentRightPin(record.throttle, caller, nowMs))
      return {
        note: { operation: 'commit', outcome: 'refused' },
        result: { kind: 'Commit', outcome: 'ProofRequired' },
      };
    if (!equalBytes(held.registration.unlockKeyTag, request.unlockKeyTag))
      return wrongTag(deps, record, caller, request, nowMs);

    return {
      write: {
        ...record,
        committed: held,
        // Committing the current version again leaves a version that was staged since alone.
        staged: isVersion(record.committed, request.version) ? record.staged : null,
        madeWithProof: true,
        throttle: recordRightPin(record.throttle, caller, nowMs),
      },
      event: { operation: 'commit', outcome: 'right' },
      result: { kind: 'Commit', outcome: 'Ok' },
    };
  });
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
