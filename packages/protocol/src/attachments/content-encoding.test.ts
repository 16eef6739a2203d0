import { expect, test } from 'vitest';
import { concatBytes, textOf, uint32, utf8 } from '../encoding/bytes.ts';
import { Secret } from '../encoding/secret.ts';
import { fromBase64url, toBase64url } from '../encoding/text.ts';
import { encodingHeader, recordCipher } from './content-encoding.ts';

test('a content in one record: the vector of RFC 8188 section 3.1', () => {
  const salt = fromBase64url('I1BsxtFttlv3u_Oo94xnmw');
  const cipher = recordCipher(new Secret(fromBase64url('yqdlZ-tYemfogSmv7Ws5PQ')), salt);
  const encoded = 'I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg';
  const sealed = cipher.seal(0, utf8('I am the walrus'), 0, true);
  expect(toBase64url(concatBytes(encodingHeader(salt, 4096), sealed))).toBe(encoded);
  expect(textOf(cipher.open(0, fromBase64url(encoded).subarray(21), true) as Uint8Array)).toBe(
    'I am the walrus',
  );
});

test('a content in two records, the first padded: the vector of RFC 8188 section 3.2', () => {
  const salt = fromBase64url('uNCkWiNYzKTnBN9ji3-qWA');
  const cipher = recordCipher(new Secret(fromBase64url('BO3ZVPxUlnLORbVGMpbT1Q')), salt);
  const encoded =
    'uNCkWiNYzKTnBN9ji3-qWAAAABkCYTHOG8chz_gnvgOqdGYovxyjuqRyJFjEDyoF1Fvkj6hQPdPHI51OEUKEpgz3SsLWIqS_uA';
  const header = concatBytes(salt, uint32(25), Uint8Array.of(2), utf8('a1'));
  const records = [cipher.seal(0, utf8('I am th'), 1, false), cipher.seal(1, utf8('e walrus'), 0, true)];
  expect(toBase64url(concatBytes(header, ...records))).toBe(encoded);
  const bytes = fromBase64url(encoded);
  const opened = [cipher.open(0, bytes.subarray(23, 48), false), cipher.open(1, bytes.subarray(48), true)];
  expect(opened.map((part) => textOf(part as Uint8Array)).join('')).toBe('I am the walrus');
});

test('a record opens at its own place only, and as the last one only where it is', () => {
  const cipher = recordCipher(new Secret(new Uint8Array(32).fill(7)), new Uint8Array(16));
  const [first, last] = [cipher.seal(0, utf8('one'), 2, false), cipher.seal(1, utf8('two'), 2, true)];
  expect(cipher.open(0, first, false)).toEqual(utf8('one'));
  expect(cipher.open(1, first, false)).toBeNull();
  expect(cipher.open(0, first, true)).toBeNull();
  expect(cipher.open(1, last, true)).toEqual(utf8('two'));
  expect(cipher.open(1, last, false)).toBeNull();
  expect(cipher.open(0, last, true)).toBeNull();
  expect(cipher.open(0, first.subarray(0, 16), false)).toBeNull();
});

test('data that ends with zeros, and records far behind, come back', () => {
  const cipher = recordCipher(new Secret(new Uint8Array(32).fill(7)), new Uint8Array(16));
  const data = Uint8Array.of(1, 2, 0, 0);
  for (const index of [0, 255, 256, 2 ** 32 + 1])
    expect(cipher.open(index, cipher.seal(index, data, 3, false), false)).toEqual(data);
  expect(cipher.seal(0, data, 0, false)).not.toEqual(cipher.seal(2 ** 32, data, 0, false));
});
