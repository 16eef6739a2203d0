import {
  budgetOf,
  equalBytes,
  type NodeAnswer,
  type NodeRequest,
  pinLengths,
  recordRightPin,
} from '@hexkey/protocol';
import { type Decision, decideOnRecord, type OperationContext, type OperationDeps } from '../operation.ts';
import { heldVersion } from '../records/pin-record.ts';

type Recover3Request = Extract<NodeRequest, { kind: 'Recover3' }>;

/**
 * Juicebox's Recover3: the tag follows from the right PIN alone, so whoever shows it gets this node's share, and its
 * device is enrolled. Served while the bucket is locked too: a lone locked node opens again for the right PIN. A wrong
 * tag costs nothing more, its guess was paid at Recover2. A right one is a promise too, like that of a Paxos acceptor (Lamport, "Paxos made simple",
 * section 2.2): what a device decided before it, this node no longer does.
 */
export function releaseShare(
  deps: OperationDeps,
  context: OperationContext,
  request: Recover3Request,
): Promise<NodeAnswer> {
  const { nowMs } = context.time;
  const rightPinMark = deps.random(pinLengths.rightPinMark);
  const isDevice = context.requester.kind === 'device';
  return decideOnRecord(deps, context, (record, caller): Decision<NodeAnswer> => {
    if (record.committed === null && record.staged === null)
      return { keep: { kind: 'Recover3', outcome: 'NotRegistered' } };
    const registration = heldVersion(record, request.version)?.registration;
    if (registration === undefined) return { keep: { kind: 'Recover3', outcome: 'VersionMismatch' } };

    if (!equalBytes(registration.unlockKeyTag, request.unlockKeyTag)) {
      const budget = budgetOf(record.throttle, caller, deps.limits, nowMs);
      return {
        note: { operation: 'proof', outcome: 'wrong' },
        result: {
          kind: 'Recover3',
          outcome: 'BadUnlockKeyTag',
          guessesRemaining: budget.limit - budget.spent,
          budget: isDevice ? budget : null,
        },
      };
    }
    return {
      write: { ...record, rightPinMark, throttle: recordRightPin(record.throttle, caller, nowMs) },
      event: { operation: 'proof', outcome: 'right' },
      result: {
        kind: 'Recover3',
        outcome: 'Ok',
        encryptionKeyScalarShare: registration.encryptionKeyScalarShare,
        encryptedSecret: registration.encryptedSecret,
        encryptedSecretCommitment: registration.encryptedSecretCommitment,
        ...(isDevice && { rightPinMark }),
      },
    };
  });
}
