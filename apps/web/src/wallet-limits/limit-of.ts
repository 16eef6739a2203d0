import type { Asset, Balance, WalletLimits } from '@hexkey/sdk';

/** What a limit is of: SOL, one token, or every token that has none of its own. */
export type LimitOf = { readonly mint: string | null } | 'others';

export function limitOf(limits: WalletLimits, of: LimitOf): bigint {
  if (of === 'others') return limits.otherTokensPerDay;
  if (of.mint === null) return limits.lamportsPerDay;
  return limits.tokensPerDay.find(({ mint }) => mint === of.mint)?.amount ?? limits.otherTokensPerDay;
}

/** The limits with one of them changed. A token gets one of its own. */
export function withLimit(limits: WalletLimits, of: LimitOf, amount: bigint): WalletLimits {
  if (of === 'others') return { ...limits, otherTokensPerDay: amount };
  const { mint } = of;
  if (mint === null) return { ...limits, lamportsPerDay: amount };
  const others = limits.tokensPerDay.filter((one) => one.mint !== mint);
  return { ...limits, tokensPerDay: [...others, { mint, amount }] };
}

/** Tokens with a row of their own: those that are held, and those that have a limit. Names of what is not held are not known. */
export function limitedTokens(limits: WalletLimits, held: readonly Balance[]): readonly (Asset | string)[] {
  const assets = held.map(({ asset }) => asset).filter(({ mint }) => mint !== null);
  const named = limits.tokensPerDay.map(({ mint }) => mint);
  return [...assets, ...named.filter((mint) => !assets.some((asset) => asset.mint === mint))];
}
