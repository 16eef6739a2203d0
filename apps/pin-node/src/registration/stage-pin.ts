import { equalBytes, type NodeAnswer, type NodeRequest } from '@hexkey/protocol';
import { type Decision, decideOnRecord, type OperationContext, type OperationDeps } from '../operation.ts';
import { isVersion } from '../records/pin-record.ts';
import { encodeHeld } from '../records/record-codec.ts';
import { NodeRefusal } from '../refusal.ts';
import { checkRegistration } from './check-registration.ts';
import { mayOverwrite } from './overwrite-right.ts';
import { requireDevice } from './require-device.ts';

type StageRequest = Extract<NodeRequest, { kind: 'Stage' }>;

/**
 * Puts a new version beside the committed one. A first record that was never committed is replaceable by anyone the
 * account server vouches for: a first set that reached two nodes must not make them refuse the next try.
 * @throws {NodeRefusal} 400, 401
 */
export function stagePin(
  deps: OperationDeps,
  context: OperationContext,
  request: StageRequest,
): Promise<NodeAnswer> {
  requireDevice(context.requester);
  checkRegistration(deps.groupOperations, request.registration);
  const held = {
    registration: request.registration,
    nodeSetHash: request.nodeSetHash,
    loginKey: request.loginKey,
  };
  return decideOnRecord(deps, context, (record, caller): Decision<NodeAnswer> => {
    const ok: NodeAnswer = { kind: 'Stage', outcome: 'Ok' };
    if (isVersion(record.committed, request.registration.version)) {
      // A repeat after a lost answer, when the commit has already happened.
      if (equalBytes(encodeHeld(record.committed), encodeHeld(held))) return { keep: ok };
      throw new NodeRefusal(400, 'the version is taken');
    }
    if (!mayOverwrite(record, caller, 'device', context.time.nowMs))
      return {
        note: { operation: 'stage', outcome: 'refused' },
        result: { kind: 'Stage', outcome: 'ProofRequired' },
      };
    const isFirst = record.committed === null;
    return {
      write: {
        ...record,
        staged: held,
        madeWithProof: isFirst || record.madeWithProof,
        // Whoever staged before and never committed proved nothing about this owner's PIN.
        throttle: isFirst ? { ...record.throttle, devices: [] } : record.throttle,
      },
      event: { operation: 'stage', outcome: 'done' },
      result: ok,
    };
  });
}
