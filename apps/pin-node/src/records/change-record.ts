import {
  type AttemptEvent,
  fillBuckets,
  fillSpending,
  type GuessLimits,
  type LogOwner,
  restartSpending,
  restartWindows,
} from '@hexkey/protocol';
import { isToldAlready, writeDown } from '../attempt-log/write-down.ts';
import type { TrustedTime } from '../clock/guarded-clock.ts';
import { NodeRefusal } from '../refusal.ts';
import { withoutExport, withSpending } from '../wallet/wallet-state.ts';
import { emptyRecord, type PinRecord } from './pin-record.ts';
import type { PinStore } from './pin-store.ts';

/** Rivals of one record that write first before this request gives up. Far above the writes a budget allows. */
const maxLostRaces = 64;
const retryAfterMs = 1000;

/** @typeParam E how an event is told: by the use case, or whole */
export type Change<T, E> =
  /** Nothing to write. */
  | { readonly keep: T }
  /** The record stays; the event is written down unless one like it was within the hour. A refusal is thrown then. */
  | { readonly note: E; readonly result: T | NodeRefusal }
  /** Durable, with its event, before `result` is returned. */
  | {
      readonly write: PinRecord;
      /** Null for what only prepares another request. */
      readonly event: E | null;
      readonly result: T;
      /** Runs before the write and refuses by throwing; after a lost race it runs again. */
      readonly reserve?: () => Promise<void>;
    };

/** One account's row, and the time at which it is changed. */
export interface RecordPlace {
  readonly recordId: Uint8Array;
  readonly owner: LogOwner;
  readonly time: TrustedTime;
}

/**
 * Reads the record, decides, and writes record and log by compare-and-swap; a lost race decides again on what the
 * winner wrote.
 * @param decide pure: it may run several times
 * @throws {NodeRefusal} the decided one; 503 after too many lost races, and then nothing was written
 */
export async function changeRecord<T>(
  deps: { readonly store: PinStore; readonly limits: GuessLimits },
  { recordId, owner, time }: RecordPlace,
  decide: (record: PinRecord) => Change<T, AttemptEvent>,
): Promise<T> {
  for (let lostRaces = 0; lostRaces < maxLostRaces; lostRaces += 1) {
    const stored = await deps.store.read(recordId);
    const { record, happened } =
      stored === null
        ? { record: emptyRecord(time.era), happened: [] }
        : inEra(stored.record, deps.limits, time);
    const change = decide(record);
    if ('keep' in change) return change.keep;
    const isNote = 'note' in change;
    const event = isNote ? change.note : change.event;
    const isTold = event === null || isToldAlready(record.log, event, time.nowMs);
    if (isNote && isTold) return settled(change.result);
    if (!isNote) await change.reserve?.();
    const events = isTold ? happened : [...happened, event];
    const written = writeDown(record.log, owner, events, time.nowMs);
    const next = { ...(isNote ? record : change.write), log: written.log };
    if (await deps.store.replace(recordId, stored?.revision ?? 0, next, written.change))
      return settled(change.result);
  }
  throw new NodeRefusal(503, 'this account is busy', retryAfterMs);
}

function settled<T>(result: T | NodeRefusal): T {
  if (result instanceof NodeRefusal) throw result;
  return result;
}

/** A record from before a confirmed clock restarts its windows, one from before a restore is full. Lazily, at its next use. */
function inEra(
  record: PinRecord,
  limits: GuessLimits,
  time: TrustedTime,
): { readonly record: PinRecord; readonly happened: readonly AttemptEvent[] } {
  if (record.clockEra === time.era) return { record, happened: [] };
  let { throttle, wallet } = record;
  let era = record.clockEra;
  const happened: AttemptEvent[] = [];
  if (time.restored !== null && era < time.restored.era) {
    const restoredAtMs = time.restored.atMs;
    throttle = fillBuckets(throttle, limits, time.restored.atMs);
    wallet = withoutExport(withSpending(wallet, (spending) => fillSpending(spending, restoredAtMs)));
    era = time.restored.era;
    happened.push({ ...ofNode, timeMs: time.restored.atMs, operation: 'restore' });
  }
  if (era < time.era) {
    throttle = restartWindows(throttle, limits, time.eraStartMs);
    wallet = withoutExport(withSpending(wallet, (spending) => restartSpending(spending, time.eraStartMs)));
    happened.push({ ...ofNode, timeMs: time.eraStartMs, operation: 'clock' });
  }
  return { record: { ...record, throttle, wallet, clockEra: time.era }, happened };
}

const ofNode = { bucket: null, device: null, outcome: 'done' } as const;
