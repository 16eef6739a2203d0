import {
  type AttemptEntry,
  type AttemptEvent,
  appendEntry,
  attemptLogKeptMs,
  firstLogHead,
  type LogOwner,
  toHex,
} from '@hexkey/protocol';
import type { AttemptLogState, LogChange } from './log-state.ts';

const refusalsApartMs = 3_600_000;
const pruneEveryMs = 24 * 3_600_000;

/** Whether one like it was written down less than an hour ago. Whoever is locked out must not fill the disk. */
export function isToldAlready(log: AttemptLogState, event: AttemptEvent, nowMs: number): boolean {
  if (!isRepeatable(event)) return false;
  return log.refusals.some(({ kind, atMs }) => kind === kindOf(event) && isRecent(atMs, nowMs));
}

/** Appends what happened. @returns the new state of the log and what the store has to write with it */
export function writeDown(
  log: AttemptLogState,
  owner: LogOwner,
  events: readonly AttemptEvent[],
  nowMs: number,
): { readonly log: AttemptLogState; readonly change: LogChange } {
  const entries: AttemptEntry[] = [];
  let head = log.head ?? firstLogHead(owner);
  let refusals = log.refusals.filter(({ atMs }) => isRecent(atMs, nowMs));
  for (const event of events) {
    const appended = appendEntry(head, event);
    entries.push(appended.entry);
    head = appended.head;
    if (isRepeatable(event)) refusals = [...refusals, { kind: kindOf(event), atMs: nowMs }];
  }
  const prunes = Math.abs(nowMs - log.prunedAtMs) >= pruneEveryMs;
  return {
    log: { head, refusals, prunedAtMs: prunes ? nowMs : log.prunedAtMs },
    change: { entries, forgetBeforeMs: prunes ? nowMs - attemptLogKeptMs : null },
  };
}

/** What costs its sender nothing can be repeated without end; a wrong tag at a commit costs a guess. */
function isRepeatable({ operation, outcome }: AttemptEvent): boolean {
  return (
    operation === 'stage' ||
    operation === 'vouched' ||
    operation === 'arrive' ||
    operation === 'deal' ||
    outcome === 'refused' ||
    (operation === 'proof' && outcome === 'wrong')
  );
}

/** Buckets that strangers share are told as one: else a stranger makes a new key for every refusal. */
function kindOf({ operation, outcome, bucket, device }: AttemptEvent): string {
  const who = bucket === 'provenDevice' && device !== null ? toHex(device) : '';
  return `${operation}/${outcome}/${bucket ?? ''}/${who}`;
}

function isRecent(atMs: number, nowMs: number): boolean {
  return Math.abs(nowMs - atMs) < refusalsApartMs;
}
