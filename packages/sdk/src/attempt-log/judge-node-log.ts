import {
  type LogOwner,
  type LogVerdict,
  type ReceivedLog,
  type SeenLogHead,
  type SignedLogHead,
  verifyEntries,
} from '@hexkey/protocol';

/** A head that was verified, with the node's signature: evidence, should the node tell another history later. */
export type SeenSignedHead = SignedLogHead & SeenLogHead;

export interface JudgedLog {
  readonly verdict: LogVerdict['verdict'];
  /** The head that what was received does not continue; null when the verdict needs none. */
  readonly contradicts: SeenSignedHead | null;
  /** The node stands by the head it gave, whatever is wrong with the rest. */
  readonly isSigned: boolean;
}

/**
 * Judges what a node says against every head the owner's devices have seen of it. Each must lie on the one chain: the higher one counts
 * because the chain leads to it from the lower.
 *
 * @param seen by this device and by the others; none on the first look of all
 * @param received everything after the lowest of them
 */
export function judgeNodeLog(
  node: LogOwner & { readonly logKey: Uint8Array },
  seen: readonly SeenSignedHead[],
  received: ReceivedLog,
  nowMs: number,
): JudgedLog {
  // Whoever reads from the beginning checks the beginning too.
  const isWhole = seen.length === 0 || received.entries[0]?.sequence === 1;
  for (const head of isWhole ? [null, ...seen] : seen) {
    const entries = received.entries.filter(({ sequence }) => sequence > (head?.sequence ?? 0));
    const judged = verifyEntries(node, head, { ...received, entries }, nowMs);
    if (judged.verdict === 'broken')
      return { verdict: 'broken', contradicts: null, isSigned: judged.fault !== 'signature' };
    if (judged.verdict !== 'ok') return { verdict: judged.verdict, contradicts: head, isSigned: true };
  }
  return { verdict: 'ok', contradicts: null, isSigned: true };
}
