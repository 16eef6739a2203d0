import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { utf8 } from '../encoding/bytes.ts';
import { fromHex } from '../encoding/text.ts';
import { compareSafetyCode, fingerprintDigits, safetyCode, safetyNumber } from './safety-number.ts';

const ada = { accountId: '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e', aik: new Uint8Array(32).fill(1) };
const ben = { accountId: '9b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e', aik: new Uint8Array(32).fill(2) };

/** Another implementation: node:crypto and big integers. */
function expectedDigits(key: Uint8Array, name: string): string {
  let hash = Buffer.concat([Buffer.from([0, 0]), key, Buffer.from(name)]);
  for (let count = 0; count < 5200; count += 1) hash = createHash('sha512').update(hash).update(key).digest();
  return [0, 5, 10, 15, 20, 25]
    .map((at) => (BigInt(`0x${hash.subarray(at, at + 5).toString('hex')}`) % 100000n).toString())
    .map((digits) => digits.padStart(5, '0'))
    .join('');
}

test("each half is Signal's numeric fingerprint: the vectors of libsignal", () => {
  const alice = fromHex('0506863bc66d02b40d27b8d49ca7c09e9239236f9d7d25d6fcca5ce13c7064d868');
  const bob = fromHex('05f781b6fb32fed9ba1cf2de978d4d5da28dc34046ae814402b5c0dbd96fda907b');
  expect(fingerprintDigits(alice, utf8('+14152222222')) + fingerprintDigits(bob, utf8('+14153333333'))).toBe(
    '300354477692869396892869876765458257569162576843440918079131',
  );
});

test('the number is both halves, the lower account first, as another implementation computes it', () => {
  const digits = expectedDigits(ada.aik, ada.accountId) + expectedDigits(ben.aik, ben.accountId);
  const number = safetyNumber(ada, ben);
  expect(number.replaceAll(' ', '')).toBe(digits);
  expect(number).toMatch(/^\d{5}(?: \d{5}){11}$/);
  expect(safetyNumber(ben, ada)).toBe(number);
});

test('another key on either side is another number', () => {
  const other = new Uint8Array(32).fill(3);
  const number = safetyNumber(ada, ben);
  expect(safetyNumber({ ...ada, aik: other }, ben)).not.toBe(number);
  expect(safetyNumber(ada, { ...ben, aik: other })).not.toBe(number);
});

test("the other side's code is the same only for the same two accounts and keys", () => {
  const other = new Uint8Array(32).fill(3);
  const code = safetyCode(ben, ada);
  expect(compareSafetyCode(code, ada, ben)).toBe('same');
  expect(compareSafetyCode(code, { ...ada, aik: other }, ben)).toBe('different');
  expect(compareSafetyCode(code, ada, { ...ben, aik: other })).toBe('different');
  expect(compareSafetyCode(code, ben, ada)).toBe('another');
  expect(compareSafetyCode(code, ada, { ...ben, accountId: ada.accountId })).toBe('another');
});

test('what is no safety code is said to be another', () => {
  for (const text of ['', 'hexkey-safety:1:', 'hexkey-safety:1:!', 'hexkey-link:1:AA', '12345 67890'])
    expect(compareSafetyCode(text, ada, ben)).toBe('another');
});
