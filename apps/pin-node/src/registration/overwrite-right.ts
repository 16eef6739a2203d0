import { type Caller, hasRecentRightPin } from '@hexkey/protocol';
import { isMoving } from '../moving/moving-record.ts';
import type { PinRecord } from '../records/pin-record.ts';

/**
 * Whether the caller may replace or erase what the record holds: freely while nothing is committed, else after a right
 * PIN by the same device within ten minutes. What devices made, sessions never touch. Nobody puts a first record in the way of a move.
 */
export function mayOverwrite(
  record: PinRecord,
  caller: Caller,
  requester: 'device' | 'session',
  nowMs: number,
): boolean {
  if (isMoving(record)) return false;
  const holdsAnything = record.committed !== null || record.staged !== null;
  if (holdsAnything && record.madeWithProof && requester === 'session') return false;
  return record.committed === null || hasRecentRightPin(record.throttle, caller, nowMs);
}
