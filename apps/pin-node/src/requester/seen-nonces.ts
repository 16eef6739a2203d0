import { maxProofSkewMs } from '@hexkey/protocol';

const generationMs = 2 * maxProofSkewMs;

/** How many are remembered for about ten minutes. */
interface NonceLimits {
  /** Far above what a client sends: whoever floods shuts itself out, and nobody else. */
  readonly perDevice: number;
  readonly inAll: number;
}
const nonceLimits: NonceLimits = { perDevice: 2000, inAll: 500_000 };

/** Remembers proofs until their time no longer fits, so that each serves once. Kept in memory: a restart forgets. */
export interface SeenNonces {
  /** @returns false when the device used the nonce before, or when no more are remembered: fail closed */
  add(device: string, nonce: string, nowMs: number): boolean;
}

export function seenNonces({ perDevice, inAll }: NonceLimits = nonceLimits): SeenNonces {
  let current = new Map<string, Set<string>>();
  let previous = new Map<string, Set<string>>();
  let count = 0;
  let startedMs = 0;
  return {
    add(device, nonce, nowMs) {
      // Two generations: a nonce stays for at least ten minutes, twice the skew that a proof may have.
      if (Math.abs(nowMs - startedMs) >= generationMs) {
        previous = current;
        current = new Map();
        count = 0;
        startedMs = nowMs;
      }
      const seen = current.get(device) ?? new Set();
      if (seen.has(nonce) || previous.get(device)?.has(nonce) === true) return false;
      if (seen.size >= perDevice || count >= inAll) return false;
      current.set(device, seen.add(nonce));
      count += 1;
      return true;
    },
  };
}
