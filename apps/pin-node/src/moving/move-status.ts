import { type Arrival, type MoveAnswerTo, recentProofMs, signClosing, signReceipt } from '@hexkey/protocol';
import { type Decision, decideOnRecord, type OperationContext, type OperationDeps } from '../operation.ts';
import type { Origin } from '../records/pin-record.ts';
import { requireDevice } from '../registration/require-device.ts';
import { movedWalletOf } from '../wallet/wallet-state.ts';
import { holdsWallet } from './moving-record.ts';

/** Younger receipts are told again as they are; older ones are renewed, which keeps their record from being dropped. */
const renewedAfterMs = recentProofMs / 2;

/**
 * How far a move of the account has come at this node, with all that another device needs to finish it.
 * @throws {NodeRefusal} 401
 */
export function moveStatus(
  deps: OperationDeps,
  context: OperationContext,
): Promise<MoveAnswerTo<'MoveStatus'>> {
  requireDevice(context.requester);
  const { realmId, logKeys, moves } = deps;
  const { nowMs } = context.time;
  const { user } = context.requester;
  const told = (origin: Origin, timeMs: number, active: boolean): Arrival => {
    const path = { user, from: origin.from, to: moves.nodeSetHash };
    const { realmId: _, ...receipt } = signReceipt(realmId, path, origin, { timeMs, active }, logKeys);
    return { ...origin, receipt };
  };
  return decideOnRecord(deps, context, (record): Decision<MoveAnswerTo<'MoveStatus'>> => {
    const isOld = (atMs: number) => Math.abs(nowMs - atMs) > renewedAfterMs;
    const isStale = record.arrivals.some(
      ({ receiptAtMs, share }) => isOld(receiptAtMs) || (share !== null && isOld(share.receiptAtMs)),
    );
    const arrivals = isStale
      ? record.arrivals.map(({ share, ...arrival }) => ({
          ...arrival,
          receiptAtMs: nowMs,
          share: share && { ...share, receiptAtMs: nowMs },
        }))
      : record.arrivals;
    const { departure } = record;
    const result: MoveAnswerTo<'MoveStatus'> = {
      kind: 'MoveStatus',
      outcome: 'Ok',
      serves: record.committed !== null,
      holdsWallet: holdsWallet(record),
      arrivals: [
        ...arrivals.map(({ held, share, receiptAtMs, ...arrival }) => {
          const record = { arrived: held.registration.version, wallet: movedWalletOf(share) };
          return told({ ...arrival, ...record }, share?.receiptAtMs ?? receiptAtMs, false);
        }),
        // What is served is never dropped: its receipt is good whenever it is asked for.
        ...(record.origin === null ? [] : [told(record.origin, nowMs, true)]),
      ],
      departure: null,
    };
    if (departure !== null) {
      const { to, left, atMs, carried } = departure;
      const path = { user, from: moves.nodeSetHash, to };
      const { timeMs, signature } = signClosing(realmId, path, left, { timeMs: atMs, carried }, logKeys);
      return { keep: { ...result, departure: { to, left, closing: { timeMs, signature, carried } } } };
    }
    if (!isStale) return { keep: result };
    return { write: { ...record, arrivals }, event: { operation: 'arrive', outcome: 'done' }, result };
  });
}
