import { readFileSync } from 'node:fs';
import { fromHex } from '@hexkey/protocol';
import type { Decoder } from 'ts-mls';
import { openCipherSuite } from '../mls/cipher-suite.ts';

/** The test vectors of RFC 9420 for our cipher suite; vectors/mls/README.md says where they are from. */
export function readVectors<T>(name: string): readonly T[] {
  const file = new URL(`../../../../vectors/mls/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as readonly T[];
}

/** All of a vector's bytes as one value. */
export function decodeHex<T>(decoder: Decoder<T>, hex: string): T {
  const bytes = fromHex(hex);
  const decoded = decoder(bytes, 0);
  if (decoded === undefined || decoded[1] !== bytes.length) throw new Error('cannot be decoded whole');
  return decoded[0];
}

export const vectorSuite = await openCipherSuite((length) =>
  globalThis.crypto.getRandomValues(new Uint8Array(length)),
);
