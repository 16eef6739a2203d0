import type { WalletLimits } from '@hexkey/sdk';
import { expect, test } from 'vitest';
import { limitedTokens, limitOf, withLimit } from './limit-of.ts';

const limits: WalletLimits = {
  lamportsPerDay: 10n,
  tokensPerDay: [{ mint: 'A', amount: 5n }],
  otherTokensPerDay: 7n,
};
const asset = (mint: string) => ({ mint, symbol: mint, name: mint, decimals: 6 });

test('a token without a limit of its own has that of all others', () => {
  expect(limitOf(limits, { mint: null })).toBe(10n);
  expect(limitOf(limits, { mint: 'A' })).toBe(5n);
  expect(limitOf(limits, { mint: 'B' })).toBe(7n);
  expect(limitOf(limits, 'others')).toBe(7n);
});

test('changing one limit leaves the others', () => {
  expect(withLimit(limits, { mint: null }, 1n)).toEqual({ ...limits, lamportsPerDay: 1n });
  expect(withLimit(limits, { mint: 'A' }, 1n).tokensPerDay).toEqual([{ mint: 'A', amount: 1n }]);
  expect(withLimit(limits, { mint: 'B' }, 1n).tokensPerDay).toEqual([
    { mint: 'A', amount: 5n },
    { mint: 'B', amount: 1n },
  ]);
  expect(withLimit(limits, 'others', 0n)).toEqual({ ...limits, otherTokensPerDay: 0n });
});

test('what is held or limited has a row, once', () => {
  const held = [
    { asset: { ...asset('SOL'), mint: null }, amount: 1n },
    ...['A', 'B'].map((mint) => ({ asset: asset(mint), amount: 1n })),
  ];
  expect(limitedTokens(limits, held)).toEqual([asset('A'), asset('B')]);
  expect(limitedTokens(limits, [])).toEqual(['A']);
});
