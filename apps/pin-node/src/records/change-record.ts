import { type GuessLimits, restartWindows } from '@hexkey/protocol';
import type { TrustedTime } from '../clock/guarded-clock.ts';
import { NodeRefusal } from '../refusal.ts';
import { emptyRecord, type PinRecord } from './pin-record.ts';
import type { PinStore } from './pin-store.ts';

/** Rivals of one record that write first before this request gives up. Far above the writes a budget allows. */
const maxLostRaces = 64;
const retryAfterMs = 1000;

export type Change<T> =
  /** Nothing to write. */
  | { readonly keep: T }
  /** Durable before `result` is returned. */
  | {
      readonly write: PinRecord;
      readonly result: T;
      /** Runs before the write and refuses by throwing; after a lost race it runs again. */
      readonly reserve?: () => Promise<void>;
    };

/**
 * Reads the record, decides, and writes by compare-and-swap; a lost race decides again on what the winner wrote.
 * @param decide pure: it may run several times
 * @throws {NodeRefusal} 503 after too many lost races; nothing was written
 */
export async function changeRecord<T>(
  deps: { readonly store: PinStore; readonly limits: GuessLimits },
  recordId: Uint8Array,
  time: TrustedTime,
  decide: (record: PinRecord) => Change<T>,
): Promise<T> {
  for (let lostRaces = 0; lostRaces < maxLostRaces; lostRaces += 1) {
    const stored = await deps.store.read(recordId);
    const record = stored === null ? emptyRecord(time.era) : inEra(stored.record, deps.limits, time);
    const change = decide(record);
    if ('keep' in change) return change.keep;
    await change.reserve?.();
    if (await deps.store.replace(recordId, stored?.revision ?? 0, change.write)) return change.result;
  }
  throw new NodeRefusal(503, 'this account is busy', retryAfterMs);
}

/** A record from before the operator's confirmation of the clock restarts its windows, lazily. */
function inEra(record: PinRecord, limits: GuessLimits, time: TrustedTime): PinRecord {
  if (record.clockEra === time.era) return record;
  return {
    ...record,
    throttle: restartWindows(record.throttle, limits, time.eraStartMs),
    clockEra: time.era,
  };
}
