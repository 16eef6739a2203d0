import type { Random } from '@hexkey/protocol';
import { toHex } from '@hexkey/protocol';

/** A random UUID, version 4. RFC 9562 section 5.4. */
export function newUuid(random: Random): string {
  return uuidOf(random(16));
}

/** Many of them of one draw: a draw costs more than the rest. */
export function newUuids(random: Random, count: number): string[] {
  const bytes = random(16 * count);
  return Array.from({ length: count }, (_, index) => uuidOf(bytes.subarray(16 * index, 16 * (index + 1))));
}

function uuidOf(bytes: Uint8Array): string {
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = toHex(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** An integer in [0, bound), each equally likely: draws that would favour the low ones are thrown away. */
export function randomBelow(random: Random, bound: number): number {
  const usable = Math.floor(2 ** 32 / bound) * bound;
  for (;;) {
    const bytes = random(4);
    const draw = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    if (draw < usable) return draw % bound;
  }
}
