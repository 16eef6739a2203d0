/** Joins byte strings in order. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** `lp(x)`: a 4-byte big-endian length, then `x` (docs/protocol/account-api.md). */
export function lengthPrefixed(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatBytes(uint32(bytes.length), bytes);
}

/** Unsigned 32-bit integer, big-endian. */
export function uint32(value: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

/** Unsigned 64-bit integer, big-endian. @param value a safe non-negative integer */
export function uint64(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

/** UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    // Nearly every text of a protocol is ASCII, which is its own UTF-8.
    if (unit >= 0x80) return Uint8Array.from(utf8Octets(text));
    bytes[index] = unit;
  }
  return bytes;
}

/** Text of UTF-8 bytes. @throws {RangeError} when they are not well-formed UTF-8 */
export function textOf(bytes: Uint8Array): string {
  // decodeURIComponent rejects malformed UTF-8 and is the only decoder in the bare language.
  try {
    let escaped = '';
    for (const byte of bytes) escaped += `%${byte.toString(16).padStart(2, '0')}`;
    return decodeURIComponent(escaped);
  } catch {
    throw new RangeError('not well-formed UTF-8');
  }
}

/** Compares without stopping at the first difference. Lengths are public. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index += 1)
    difference |= (left[index] as number) ^ (right[index] as number);
  return difference === 0;
}

function* utf8Octets(text: string): Generator<number> {
  for (const character of text) {
    const point = character.codePointAt(0) as number;
    if (point < 0x80) yield point;
    else if (point < 0x800) yield* [0xc0 | (point >> 6), 0x80 | (point & 63)];
    else if (point < 0x10000) {
      // A lone surrogate has no UTF-8 form; U+FFFD is what the Encoding Standard writes.
      const scalar = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
      yield* [0xe0 | (scalar >> 12), 0x80 | ((scalar >> 6) & 63), 0x80 | (scalar & 63)];
    } else
      yield* [
        0xf0 | (point >> 18),
        0x80 | ((point >> 12) & 63),
        0x80 | ((point >> 6) & 63),
        0x80 | (point & 63),
      ];
  }
}
