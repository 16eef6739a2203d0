import {
  areVouchersGood,
  equalBytes,
  isMoveOrderGood,
  type MoveAnswerTo,
  type MoveRequest,
  maxProofSkewMs,
  recentProofMs,
  signReceipt,
  vouchingNodesOf,
} from '@hexkey/protocol';
import { type Decision, decideOnRecord, type OperationContext, type OperationDeps } from '../operation.ts';
import type { HeldArrival, PinRecord } from '../records/pin-record.ts';
import { NodeRefusal } from '../refusal.ts';
import { checkRegistration } from '../registration/check-registration.ts';
import { maxArrivals } from './moving-record.ts';
import { readChain } from './read-chain.ts';

type ArriveRequest = Extract<MoveRequest, { kind: 'Arrive' }>;
type Answer = MoveAnswerTo<'Arrive'>;

/** A receipt is good for ten minutes at old nodes whose clocks may be off by five, as ours may. */
export const droppableAfterMs = recentProofMs + 2 * maxProofSkewMs;

/**
 * Takes a record of another set for an account of which this node serves none yet, on the word of t nodes of that set that the asking device
 * showed them its PIN. It displaces no other such record: a receipt that was given stays true.
 * @throws {NodeRefusal} 400, 401
 */
export async function arrive(
  deps: OperationDeps,
  context: OperationContext,
  request: ArriveRequest,
): Promise<Answer> {
  const { requester } = context;
  const { nowMs } = context.time;
  if (requester.kind !== 'device') throw new NodeRefusal(401, 'a device proof is needed');
  checkRegistration(deps.groupOperations, request.registration);
  const { from, to } = readChain(deps, request.chain, 'to');
  const { vouchers, order, pinAuthKey, registration } = request;
  const path = { user: requester.user, from: from.hash, to: to.hash };
  const mayArrive =
    vouchers.pinAuthKey !== null &&
    equalBytes(vouchers.pinAuthKey, pinAuthKey) &&
    isMoveOrderGood(path, order, pinAuthKey, deps.verify) &&
    areVouchersGood(vouchingNodesOf(from.nodeSet), requester, vouchers, nowMs, deps.verify);
  const arrival: HeldArrival = {
    from: from.hash,
    left: vouchers.version,
    order,
    receiptAtMs: nowMs,
    held: { registration, nodeSetHash: to.hash, loginKey: request.loginKey, pinAuthKey },
    share: null,
  };
  return decideOnRecord(deps, context, (record): Decision<Answer> => {
    if (!mayArrive)
      return {
        note: { operation: 'arrive', outcome: 'refused' },
        result: { kind: 'Arrive', outcome: 'ProofRequired' },
      };
    if (record.committed !== null || record.departure !== null)
      return { keep: { kind: 'Arrive', outcome: 'Taken' } };
    const arrivals = withArrival(record, arrival, nowMs);
    if (arrivals === null) return { keep: { kind: 'Arrive', outcome: 'Busy' } };
    const moved = { left: vouchers.version, arrived: registration.version, wallet: null };
    const held = { timeMs: nowMs, active: false };
    const { realmId: _, ...receipt } = signReceipt(deps.realmId, path, moved, held, deps.logKeys);
    return {
      write: { ...record, arrivals },
      event: { operation: 'arrive', outcome: 'done' },
      result: { kind: 'Arrive', outcome: 'Ok', receipt },
    };
  });
}

/** @returns null when there is no room: every receipt that was given may still be shown to an old node */
function withArrival(
  { arrivals }: PinRecord,
  arrival: HeldArrival,
  nowMs: number,
): readonly HeldArrival[] | null {
  const isSame = ({ held }: HeldArrival) =>
    equalBytes(held.registration.version, arrival.held.registration.version);
  const others = arrivals.filter((held) => !isSame(held));
  // The same record again, as every try makes it: a receipt may tell of the share in it.
  const before = arrivals.find(isSame);
  const share = before !== undefined && equalBytes(before.left, arrival.left) ? before.share : null;
  if (others.length < maxArrivals) return [...others, { ...arrival, share }];
  const [oldest, ...rest] = others.toSorted((left, right) => left.receiptAtMs - right.receiptAtMs);
  return oldest !== undefined && nowMs - oldest.receiptAtMs > droppableAfterMs ? [...rest, arrival] : null;
}
