import { decode, encode } from 'cborg';
import { MalformedError } from '../malformed.ts';

/** A CBOR value of the realm protocol (RFC 8949): byte strings, texts, unsigned integers, null, arrays and maps. */
export type CborValue = Uint8Array | string | number | null | readonly CborValue[] | CborMap;
export type CborMap = ReadonlyMap<string, CborValue>;

export function encodeCbor(value: CborValue): Uint8Array<ArrayBuffer> {
  return encode(value);
}

/**
 * Decodes one value. Lengths and integers must be in their shortest form, maps definite and without duplicates, so
 * that a message has one encoding up to the order of its keys.
 *
 * @throws {MalformedError}
 */
export function decodeCbor(bytes: Uint8Array): unknown {
  try {
    return decode(bytes, {
      strict: true,
      useMaps: true,
      rejectDuplicateMapKeys: true,
      allowIndefinite: false,
      allowUndefined: false,
      allowInfinity: false,
      allowNaN: false,
      allowBigInt: false,
    });
  } catch {
    throw new MalformedError('not CBOR');
  }
}

/** Writes a map, leaving out members that are undefined. */
export function cborMap(members: Readonly<Record<string, CborValue | undefined>>): CborMap {
  const map = new Map<string, CborValue>();
  for (const [key, value] of Object.entries(members)) if (value !== undefined) map.set(key, value);
  return map;
}

/**
 * One variant of an externally tagged union as Rust's serde writes it: a bare text, or a map of one key.
 * @throws {MalformedError}
 */
export function decodeVariant(value: unknown): { readonly tag: string; readonly content: unknown } {
  if (typeof value === 'string') return { tag: value, content: undefined };
  if (value instanceof Map && value.size === 1) {
    const [[tag, content]] = value as unknown as [[unknown, unknown]];
    if (typeof tag === 'string' && content !== undefined) return { tag, content };
  }
  throw new MalformedError('not a variant');
}
