import { createHash } from 'node:crypto';
import type { Random } from '@hexkey/protocol';

/**
 * Bytes that look random and are the same in every run: SHA-256(seed || block number), block after block.
 * For tests only: whoever knows the seed knows every key made from it.
 */
export function seededRandom(seed: string): Random {
  let block = 0;
  let rest = new Uint8Array(0);
  return (lengthBytes) => {
    const bytes = new Uint8Array(lengthBytes);
    let filled = 0;
    while (filled < lengthBytes) {
      if (rest.length === 0) {
        rest = createHash('sha256').update(`${seed}\0${block}`).digest();
        block += 1;
      }
      const part = rest.subarray(0, lengthBytes - filled);
      bytes.set(part, filled);
      filled += part.length;
      rest = rest.subarray(part.length);
    }
    return bytes;
  };
}
