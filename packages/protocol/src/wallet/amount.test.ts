import fc from 'fast-check';
import { expect, test } from 'vitest';
import { largestAmount, readAmount, writeAmount } from './amount.ts';

const anyAmount = fc.bigInt({ min: 0n, max: largestAmount });
const anyDecimals = fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: 255 }));

test('what is written is read back to the last unit, whatever the places', () => {
  fc.assert(
    fc.property(anyAmount, anyDecimals, (amount, decimals) => {
      expect(readAmount(writeAmount(amount, decimals), decimals)).toEqual({ ok: true, amount });
    }),
  );
});

test('what is read is the number that was typed, scaled: nothing is rounded', () => {
  fc.assert(
    fc.property(fc.nat({ max: 10_000_000 }), fc.nat({ max: 999_999 }), (whole, millionths) => {
      const typed = `${whole}.${String(millionths).padStart(6, '0')}`;
      const amount = BigInt(whole) * 1_000_000n + BigInt(millionths);
      expect(readAmount(typed, 6)).toEqual({ ok: true, amount });
    }),
  );
});

test.each([
  ['1', 9, 1_000_000_000n],
  ['.5', 9, 500_000_000n],
  ['5.', 2, 500n],
  [' 0.000000001 ', 9, 1n],
  ['007', 0, 7n],
  ['0', 9, 0n],
  ['18446744073.709551615', 9, largestAmount],
])('%j of %i places is %s', (typed, decimals, amount) => {
  expect(readAmount(typed, decimals)).toEqual({ ok: true, amount });
});

test.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['.', 'not-a-number'],
  ['1,5', 'not-a-number'],
  ['1,500.00', 'not-a-number'],
  ['-1', 'not-a-number'],
  ['1e3', 'not-a-number'],
  ['0x10', 'not-a-number'],
  ['１', 'not-a-number'],
  ['1.2.3', 'not-a-number'],
  ['1 000', 'not-a-number'],
  ['0.0000000001', 'too-fine'],
  ['1.0000000000', 'too-fine'],
  ['18446744073.709551616', 'too-large'],
  ['9'.repeat(400), 'too-large'],
])('%j is refused: %s', (typed, problem) => {
  expect(readAmount(typed, 9)).toEqual({ ok: false, problem });
});

test.each([
  [0n, 9, '0'],
  [1n, 9, '0.000000001'],
  [1_500_000_000n, 9, '1.5'],
  [100n, 0, '100'],
  [100n, 2, '1'],
  [largestAmount, 6, '18446744073709.551615'],
])('%s of %i places is written %s', (amount, decimals, text) => {
  expect(writeAmount(amount, decimals)).toBe(text);
});
