import { type AttemptEntry, type AttemptEvent, hashAttemptEntry, type LogHead } from './attempt-entry.ts';

/** Puts an event at the end of a log. @returns the entry to store, and the head that commits to it */
export function appendEntry(
  head: LogHead,
  event: AttemptEvent,
): { readonly entry: AttemptEntry; readonly head: LogHead } {
  const entry = { ...event, sequence: head.sequence + 1, previousHash: head.hash };
  return { entry, head: { sequence: entry.sequence, hash: hashAttemptEntry(entry) } };
}
