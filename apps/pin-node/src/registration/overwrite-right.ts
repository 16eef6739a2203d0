import { type Caller, hasRecentRightPin } from '@hexkey/protocol';
import type { PinRecord } from '../records/pin-record.ts';

/**
 * Whether the caller may replace or erase what the record holds: freely while nothing is committed, else after a right
 * PIN by the same device within ten minutes. What devices made, sessions never touch.
 */
export function mayOverwrite(
  record: PinRecord,
  caller: Caller,
  requester: 'device' | 'session',
  nowMs: number,
): boolean {
  const holdsAnything = record.committed !== null || record.staged !== null;
  if (holdsAnything && record.madeWithProof && requester === 'session') return false;
  return record.committed === null || hasRecentRightPin(record.throttle, caller, nowMs);
}
