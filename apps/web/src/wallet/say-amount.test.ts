import { readAmount } from '@hexkey/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupAmount, sayAmount } from './say-amount.ts';

test.each([
  [0n, 9, '0'],
  [999n, 0, '999'],
  [1000n, 0, '1,000'],
  [1_234_567n, 0, '1,234,567'],
  [1_234_567_890_123n, 9, '1,234.567890123'],
  [18_446_744_073_709_551_615n, 6, '18,446,744,073,709.551615'],
])('%s of %i places is shown as %s', (amount, decimals, text) => {
  expect(groupAmount(amount, decimals)).toBe(text);
});

test('no digit is lost or rounded on the way to the eye', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.nat({ max: 18 }), (amount, decimals) => {
      const shown = groupAmount(amount, decimals).replaceAll(',', '');
      expect(readAmount(shown, decimals)).toEqual({ ok: true, amount });
    }),
  );
});

test('an amount and its symbol stay in one line', () => {
  expect(sayAmount({ amount: '1500000000', symbol: 'SOL', decimals: 9 })).toBe('1.5\u00a0SOL');
});
