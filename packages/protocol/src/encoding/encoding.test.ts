import fc from 'fast-check';
import { expect, test } from 'vitest';
import { equalBytes, lengthPrefixed, textOf, utf8 } from './bytes.ts';
import { Secret } from './secret.ts';
import { fromBase64url, fromHex, toBase64url, toHex } from './text.ts';

test('base64url and hex decode to what was encoded, as Node does it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
      expect(equalBytes(fromBase64url(toBase64url(bytes)), bytes)).toBe(true);
      expect(equalBytes(fromHex(toHex(bytes)), bytes)).toBe(true);
    }),
  );
});

test('only one text decodes to a byte string', () => {
  for (const text of ['A', 'AB', 'AAB', 'AA==', 'A+A', 'A/A', 'A A'])
    expect(() => fromBase64url(text)).toThrow(RangeError);
  for (const text of ['0', 'AA', '0g']) expect(() => fromHex(text)).toThrow(RangeError);
});

test('UTF-8 is what the Encoding Standard writes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(toHex(utf8(text))).toBe(toHex(new TextEncoder().encode(text)));
    }),
  );
  expect(textOf(utf8('六位数字 ⬡'))).toBe('六位数字 ⬡');
  expect(() => textOf(Uint8Array.of(0xc3, 0x28))).toThrow(RangeError);
});

test('a length prefix is four big-endian bytes', () => {
  expect(toHex(lengthPrefixed(Uint8Array.of(7, 8)))).toBe('000000020708');
});

test('a secret prints as [redacted] however it is printed', async () => {
  const { format, inspect } = await import('node:util');
  const secret = new Secret('412907');
  const shown = [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect(secret),
    format('%s %o %j', secret, secret, secret),
  ].join(' ');
  expect(shown).not.toContain('412907');
  expect(shown).toContain('[redacted]');
  expect(secret.reveal()).toBe('412907');
});
