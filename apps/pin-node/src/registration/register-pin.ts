import type { NodeAnswer, Registration } from '@hexkey/protocol';
import { type Decision, decideOnRecord, type OperationContext, type OperationDeps } from '../operation.ts';
import { loginKeyOf } from '../records/pin-record.ts';
import { NodeRefusal } from '../refusal.ts';
import { checkRegistration } from './check-registration.ts';
import { mayOverwrite } from './overwrite-right.ts';

/**
 * Juicebox's Register2: the registration is committed at once. Guesses already spent stay spent, so that registering
 * anew refills nothing.
 * @throws {NodeRefusal} 400; 403 for a live record without a recent right PIN
 */
export function registerPin(
  deps: OperationDeps,
  context: OperationContext,
  registration: Registration,
): Promise<NodeAnswer> {
  checkRegistration(deps.groupOperations, registration);
  return decideOnRecord(deps, context, (record, caller): Decision<NodeAnswer> => {
    if (!mayOverwrite(record, caller, context.requester.kind, context.time.nowMs))
      return {
        note: { operation: 'register', outcome: 'refused' },
        result: new NodeRefusal(403, 'the current PIN must be proven first'),
      };
    return {
      write: {
        ...record,
        committed: {
          registration,
          nodeSetHash: null,
          loginKey: loginKeyOf(record),
          pinAuthKey: record.committed?.pinAuthKey ?? null,
        },
        staged: null,
        stagedOnWord: false,
        committedAtMs: context.time.nowMs,
        madeWithProof: context.requester.kind === 'device',
        // Whoever was enrolled by a first record that was never committed proved nothing about this one.
        throttle: record.committed === null ? { ...record.throttle, devices: [] } : record.throttle,
      },
      event: { operation: 'register', outcome: 'done' },
      result: { kind: 'Register2', outcome: 'Ok' },
    };
  });
}
