import { decode, encode } from 'cborg';

/** Rows are CBOR maps of byte strings, texts, integers and lists (RFC 8949). Only this package writes and reads them. */
export function rowBytes(row: object): Uint8Array {
  return encode(row);
}

export function rowOf<T>(bytes: Uint8Array): T {
  return decode(bytes) as T;
}
