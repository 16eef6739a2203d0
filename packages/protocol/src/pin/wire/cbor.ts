import { decode } from 'cborg';
import { utf8 } from '../../encoding/bytes.ts';
import { MalformedError } from '../malformed.ts';

/** A CBOR value of the realm protocol (RFC 8949): byte strings, texts, unsigned integers, null, arrays and maps. */
export type CborValue = Uint8Array | string | number | null | readonly CborValue[] | CborMap;
export type CborMap = ReadonlyMap<string, CborValue>;

/**
 * Encodes one value: shortest lengths and integers, definite, keys in the order of the map (RFC 8949 section 3). A node
 * does this several times for every request, which is why it is not left to a library for all of CBOR.
 * @throws {RangeError} a number that is no safe non-negative integer
 */
export function encodeCbor(value: CborValue): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lengthOf(value));
  write(bytes, 0, value);
  return bytes;
}

/** RFC 8949 section 3.1. */
const major = { unsigned: 0x00, bytes: 0x40, text: 0x60, array: 0x80, map: 0xa0, null: 0xf6 } as const;

function lengthOf(value: CborValue): number {
  if (value === null) return 1;
  if (typeof value === 'number') return headLength(value);
  if (typeof value === 'string') return withHead(isAscii(value) ? value.length : utf8(value).length);
  if (value instanceof Uint8Array) return withHead(value.length);
  let length = 0;
  if (Array.isArray(value)) {
    for (const item of value) length += lengthOf(item);
    return headLength(value.length) + length;
  }
  const map = value as CborMap;
  for (const [key, member] of map) length += lengthOf(key) + lengthOf(member);
  return headLength(map.size) + length;
}

/** @returns the offset after the value */
function write(bytes: Uint8Array, offset: number, value: CborValue): number {
  if (value === null) {
    bytes[offset] = major.null;
    return offset + 1;
  }
  if (typeof value === 'number') return writeHead(bytes, offset, major.unsigned, value);
  if (typeof value === 'string') return writeText(bytes, offset, value);
  if (value instanceof Uint8Array) {
    const start = writeHead(bytes, offset, major.bytes, value.length);
    bytes.set(value, start);
    return start + value.length;
  }
  if (Array.isArray(value)) {
    let next = writeHead(bytes, offset, major.array, value.length);
    for (const item of value) next = write(bytes, next, item);
    return next;
  }
  const map = value as CborMap;
  let next = writeHead(bytes, offset, major.map, map.size);
  for (const [key, member] of map) next = write(bytes, writeText(bytes, next, key), member);
  return next;
}

function writeText(bytes: Uint8Array, offset: number, text: string): number {
  if (!isAscii(text)) {
    const encoded = utf8(text);
    const start = writeHead(bytes, offset, major.text, encoded.length);
    bytes.set(encoded, start);
    return start + encoded.length;
  }
  const start = writeHead(bytes, offset, major.text, text.length);
  for (let index = 0; index < text.length; index += 1) bytes[start + index] = text.charCodeAt(index);
  return start + text.length;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 127) return false;
  return true;
}

function withHead(lengthBytes: number): number {
  return headLength(lengthBytes) + lengthBytes;
}

/** Of a length or an integer: in the first byte below 24, else after it in 1, 2, 4 or 8 bytes. */
function headLength(argument: number): number {
  if (!Number.isSafeInteger(argument) || argument < 0) throw new RangeError('not an unsigned integer');
  if (argument < 24) return 1;
  if (argument < 2 ** 8) return 2;
  if (argument < 2 ** 16) return 3;
  return argument < 2 ** 32 ? 5 : 9;
}

function writeHead(bytes: Uint8Array, offset: number, kind: number, argument: number): number {
  const argumentLength = headLength(argument) - 1;
  if (argumentLength === 0) {
    bytes[offset] = kind | argument;
    return offset + 1;
  }
  bytes[offset] = kind | (24 + Math.log2(argumentLength));
  let rest = argument;
  for (let index = offset + argumentLength; index > offset; index -= 1) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return offset + argumentLength + 1;
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
