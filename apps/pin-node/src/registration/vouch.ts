import { hasRecentRightPin, type NodeAnswer, signVoucher } from '@hexkey/protocol';
import { decideOnRecord, type OperationContext, type OperationDeps } from '../operation.ts';
import type { HeldRegistration } from '../records/pin-record.ts';
import { NodeRefusal } from '../refusal.ts';

/**
 * Says to the other nodes that this device showed the PIN of the committed record within ten minutes. t such words stand for the right
 * PIN at a node that missed a change (ADR 31).
 * @throws {NodeRefusal} 401
 */
export async function vouch(deps: OperationDeps, context: OperationContext): Promise<NodeAnswer> {
  const { requester, time } = context;
  if (requester.kind !== 'device') throw new NodeRefusal(401, 'a device proof is needed');
  const held = await decideOnRecord<HeldRegistration | null>(deps, context, (record, caller) => ({
    keep: hasRecentRightPin(record.throttle, caller, time.nowMs) ? record.committed : null,
  }));
  if (held === null) return { kind: 'Vouch', outcome: 'ProofRequired' };
  const record = { version: held.registration.version, pinAuthKey: held.pinAuthKey };
  const { timeMs, signature } = signVoucher(deps.realmId, requester, record, time.nowMs, deps.logKeys);
  return { kind: 'Vouch', outcome: 'Ok', ...record, timeMs, signature };
}
