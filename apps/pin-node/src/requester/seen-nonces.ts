import { maxProofSkewMs } from '@hexkey/protocol';

const generationMs = 2 * maxProofSkewMs;
const maxNonces = 500_000;

/** Remembers proofs until their time no longer fits, so that each serves once. Kept in memory: a restart forgets. */
export interface SeenNonces {
  /** @returns false when the nonce was seen before, or when so many are remembered that no more fit: fail closed */
  add(nonce: string, nowMs: number): boolean;
}

export function seenNonces(): SeenNonces {
  let current = new Set<string>();
  let previous = new Set<string>();
  let startedMs = 0;
  return {
    add(nonce, nowMs) {
      // Two generations: a nonce stays for at least ten minutes, twice the skew that a proof may have.
      if (Math.abs(nowMs - startedMs) >= generationMs) {
        previous = current;
        current = new Set();
        startedMs = nowMs;
      }
      if (current.has(nonce) || previous.has(nonce) || current.size >= maxNonces) return false;
      current.add(nonce);
      return true;
    },
  };
}
