import { forgetCaller, hasRecentRightPin, type NodeAnswer, type NodeRequest } from '@hexkey/protocol';
import { type Decision, decideOnRecord, type OperationContext, type OperationDeps } from '../operation.ts';
import { isDeviceOf } from '../requester/requester.ts';
import { withoutDevice } from '../wallet/wallet-state.ts';
import { requireDevice } from './require-device.ts';

type ForgetRequest = Extract<NodeRequest, { kind: 'ForgetDevice' }>;

/**
 * Ends a device of the account here: it must show the PIN again, in the bucket of new devices. Only for a device that showed the right
 * PIN within ten minutes; the account server alone ends nothing. Asking again for a device that is not enrolled answers Ok.
 * @throws {NodeRefusal} 401
 */
export function forgetDevice(
  deps: OperationDeps,
  context: OperationContext,
  request: ForgetRequest,
): Promise<NodeAnswer> {
  requireDevice(context.requester);
  return decideOnRecord(deps, context, (record, caller): Decision<NodeAnswer> => {
    if (record.committed === null || !hasRecentRightPin(record.throttle, caller, context.time.nowMs))
      return {
        note: { operation: 'forget', outcome: 'refused' },
        result: { kind: 'ForgetDevice', outcome: 'ProofRequired' },
      };
    const done: NodeAnswer = { kind: 'ForgetDevice', outcome: 'Ok' };
    const throttle = forgetCaller(record.throttle, (id) => isDeviceOf(id, request.device));
    if (throttle.devices.length === record.throttle.devices.length) return { keep: done };
    return {
      write: { ...record, throttle, wallet: withoutDevice(record.wallet, request.device) },
      event: { operation: 'forget', outcome: 'done' },
      result: done,
    };
  });
}
