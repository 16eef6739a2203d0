import { equalBytes, type NodeAnswer, type RightPinMark } from '@hexkey/protocol';

/** What one operation knows of the last right PIN at each node, by realm id. */
export interface RightPinMarks {
  note(realmId: string, answer: NodeAnswer): void;
  /** What a Stage or Commit names: nothing at a node that told no mark, which then knows none. */
  named(realmId: string): { readonly rightPinMark?: RightPinMark };
  /** The nodes that this operation has shown the PIN. */
  shown(): readonly string[];
  /** Whether a node that tells this mark now was shown no PIN by another device since. */
  isUnchanged(realmId: string, now: RightPinMark | undefined): boolean;
}

/**
 * Keeps the mark that the operation was told first, because by that it decides, and then only the one its own right PIN made. Another
 * device's right PIN in between is not taken over: it outdates what this operation sends (ADR 48).
 */
export function rightPinMarks(): RightPinMarks {
  const marks = new Map<string, RightPinMark | undefined>();
  const shown = new Set<string>();
  return {
    note(realmId, answer) {
      if (answer.outcome !== 'Ok') return;
      if (answer.kind === 'Recover3') shown.add(realmId);
      else if (answer.kind !== 'ListVersions' || marks.has(realmId)) return;
      marks.set(realmId, answer.rightPinMark);
    },
    named(realmId) {
      const rightPinMark = marks.get(realmId);
      return rightPinMark === undefined ? {} : { rightPinMark };
    },
    shown: () => [...shown],
    isUnchanged(realmId, now) {
      const known = marks.get(realmId);
      // A node of the first releases promises nothing, and is counted as it was then.
      if (known === undefined) return true;
      if (known === null || now === null || now === undefined) return known === now;
      return equalBytes(known, now);
    },
  };
}
