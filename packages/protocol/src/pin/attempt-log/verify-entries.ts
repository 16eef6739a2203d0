import { equalBytes } from '../../encoding/bytes.ts';
import {
  type AttemptEntry,
  attemptLogKeptMs,
  firstLogHead,
  hashAttemptEntry,
  type LogHead,
  type LogOwner,
} from './attempt-entry.ts';
import { isSignedByNode, type SignedLogHead } from './sign-head.ts';

/** The last head the owner's devices verified at a node, and when. */
export interface SeenLogHead extends LogHead {
  readonly seenAtMs: number;
}

export type LogVerdict =
  /** Every entry follows from the one before, up to the head the node signed. Keep that head. */
  | {
      readonly verdict: 'ok';
      /** Entries before this one were a year old and are gone; null when none is missing. */
      readonly oldestSequence: number | null;
    }
  /** Not signed by the node, or entries missing or changed on the way: nothing of it may be believed. */
  | { readonly verdict: 'broken'; readonly fault: 'signature' | 'chain' | 'missing' }
  /** The node signed another history than the one it showed before. */
  | { readonly verdict: 'forked' }
  /** The node's history is shorter than it was: an older copy of its database runs. */
  | { readonly verdict: 'shrank'; readonly fromSequence: number; readonly toSequence: number };

/** What a node answered to `ReadLog`, all pages together. */
export interface ReceivedLog {
  /** Everything after the seen head that the node keeps, in order. */
  readonly entries: readonly AttemptEntry[];
  /** Of the last page. */
  readonly head: SignedLogHead;
}

/**
 * Judges what a node says happened since the owner's devices looked last.
 *
 * @param node.logKey from the signed node set, 32 bytes
 * @param seen null on the first look: then only what the node kept can be checked
 * @param nowMs the owner's clock: a node may forget what is a year old, and nothing younger
 */
export function verifyEntries(
  node: LogOwner & { readonly logKey: Uint8Array },
  seen: SeenLogHead | null,
  received: ReceivedLog,
  nowMs: number,
): LogVerdict {
  const { entries, head } = received;
  if (!isSignedByNode(node, head, node.logKey)) return { verdict: 'broken', fault: 'signature' };
  const start: LogHead = seen ?? firstLogHead(node);
  if (head.sequence < start.sequence)
    return { verdict: 'shrank', fromSequence: start.sequence, toSequence: head.sequence };

  const first = entries[0];
  if (first === undefined) return judgeEmpty(start, head);
  if (!isChain(entries, head)) return { verdict: 'broken', fault: 'chain' };
  if (first.sequence === start.sequence + 1)
    return equalBytes(first.previousHash, start.hash)
      ? { verdict: 'ok', oldestSequence: null }
      : { verdict: 'forked' };
  // A gap. What happened after the owner looked is younger than that look.
  const mayBeForgotten = seen === null || nowMs - seen.seenAtMs >= attemptLogKeptMs;
  return first.sequence > start.sequence && mayBeForgotten
    ? { verdict: 'ok', oldestSequence: first.sequence }
    : { verdict: 'broken', fault: 'missing' };
}

function judgeEmpty(start: LogHead, head: LogHead): LogVerdict {
  if (head.sequence > start.sequence) return { verdict: 'broken', fault: 'missing' };
  return equalBytes(head.hash, start.hash) ? { verdict: 'ok', oldestSequence: null } : { verdict: 'forked' };
}

/** Whether the entries follow from one another and end at the head. */
function isChain(entries: readonly AttemptEntry[], head: LogHead): boolean {
  let before: LogHead | null = null;
  for (const entry of entries) {
    const follows: boolean =
      before === null ||
      (entry.sequence === before.sequence + 1 && equalBytes(entry.previousHash, before.hash));
    if (!follows) return false;
    before = { sequence: entry.sequence, hash: hashAttemptEntry(entry) };
  }
  return before?.sequence === head.sequence && equalBytes(before.hash, head.hash);
}
