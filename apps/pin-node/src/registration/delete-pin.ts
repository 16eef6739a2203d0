import type { NodeAnswer } from '@hexkey/protocol';
import { type Decision, decideOnRecord, type OperationContext, type OperationDeps } from '../operation.ts';
import { emptyRecord } from '../records/pin-record.ts';
import { NodeRefusal } from '../refusal.ts';
import { withoutDevices } from '../wallet/wallet-state.ts';
import { mayOverwrite } from './overwrite-right.ts';

/**
 * Juicebox's Delete: shares of the PIN, login key and enrolments go; a wallet's share stays, for an owner with the same PIN-auth key. Spent guesses and locks stay until they run out, or deleting
 * and registering would be a way to refill them.
 * @throws {NodeRefusal} 403 for a live record without a recent right PIN
 */
export function deletePin(deps: OperationDeps, context: OperationContext): Promise<NodeAnswer> {
  return decideOnRecord(deps, context, (record, caller): Decision<NodeAnswer> => {
    const done: NodeAnswer = { kind: 'Delete', outcome: 'Ok' };
    if (!mayOverwrite(record, caller, context.requester.kind, context.time.nowMs))
      return {
        note: { operation: 'delete', outcome: 'refused' },
        result: new NodeRefusal(403, 'the current PIN must be proven first'),
      };
    if (record.committed === null && record.staged === null) return { keep: done };
    const { guesses, locks } = record.throttle;
    return {
      write: {
        ...emptyRecord(record.clockEra),
        throttle: { guesses, locks, devices: [] },
        // Or what was sent for a record before would be taken for the next one.
        rightPinMark: record.rightPinMark,
        // Whoever sets the same secret again has the wallet again; nobody else has (docs/protocol/wallet.md section 6).
        wallet: withoutDevices(record.wallet),
        log: record.log,
        origin: record.origin,
      },
      event: { operation: 'delete', outcome: 'done' },
      result: done,
    };
  });
}
