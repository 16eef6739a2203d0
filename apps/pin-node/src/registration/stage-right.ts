import { areVouchersGood, type Caller, mayFollow, type NodeRequest } from '@hexkey/protocol';
import type { OperationContext, OperationDeps } from '../operation.ts';
import type { PinRecord } from '../records/pin-record.ts';
import type { Requester } from '../requester/requester.ts';
import { mayOverwrite } from './overwrite-right.ts';

type StageRequest = Extract<NodeRequest, { kind: 'Stage' }>;

/** By what a new version may be staged: the PIN was shown here, or t nodes say it was shown to them; null for neither. */
export type StageRight = 'shown' | 'vouched' | null;

/**
 * Judges once what does not depend on the record, that is the signatures.
 * @returns the right at one record: over a committed one the PIN-auth key must stay or be handed over too
 */
export function stageRightOf(
  deps: Pick<OperationDeps, 'vouchingNodes' | 'verify'>,
  { time: { nowMs } }: Pick<OperationContext, 'time'>,
  requester: Extract<Requester, { kind: 'device' }>,
  { pinAuthKey, handover, vouchers }: StageRequest,
): (record: PinRecord, caller: Caller) => StageRight {
  const { verify, vouchingNodes } = deps;
  const isVouched =
    vouchers !== undefined && areVouchersGood(vouchingNodes, requester, vouchers, nowMs, verify);
  const follows = (current: Uint8Array | null) =>
    mayFollow(
      requester.user,
      current,
      { pinAuthKey: pinAuthKey ?? null, handover: handover ?? null },
      verify,
    );
  return (record, caller) => {
    const { committed, committedAtMs } = record;
    if (committed === null) {
      if (mayOverwrite(record, caller, 'device', nowMs)) return 'shown';
      // What arrived here was passed over: t nodes of this set serve another record, which this one missed.
      return isVouched && record.departure === null ? 'vouched' : null;
    }
    if (mayOverwrite(record, caller, 'device', nowMs) && follows(committed.pinAuthKey)) return 'shown';
    if (!isVouched || !follows(vouchers.pinAuthKey)) return null;
    // Somebody who was shut out by the latest commit may still hold vouchers for the record before.
    const newest = Math.min(committedAtMs, nowMs);
    return vouchers.vouchers.every(({ timeMs }) => timeMs >= newest) ? 'vouched' : null;
  };
}
