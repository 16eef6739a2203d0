import type { LimitsStateView, WalletLimitsView } from '@hexkey/contract';
import { fromBase58, fromBase64url, type SpendingLimits, toBase58, toBase64url } from '@hexkey/protocol';
import type { LimitsView, WalletLimits } from './wallet.ts';

/** As the nodes take them. @throws {RangeError} a mint that is no base58 of 32 bytes */
export function spendingLimitsOf({
  lamportsPerDay,
  tokensPerDay,
  otherTokensPerDay,
}: WalletLimits): SpendingLimits {
  return {
    lamports: lamportsPerDay,
    mints: tokensPerDay.map(({ mint, amount }) => ({ mint: fromBase58(mint, 32), amount })),
    otherMints: otherTokensPerDay,
  };
}

/** As the account server takes them. */
export function limitsToView({
  lamportsPerDay,
  tokensPerDay,
  otherTokensPerDay,
}: WalletLimits): WalletLimitsView {
  return {
    lamports: lamportsPerDay.toString(),
    tokens: tokensPerDay.map(({ mint, amount }) => ({
      mint: toBase64url(fromBase58(mint, 32)),
      amount: amount.toString(),
    })),
    otherTokens: otherTokensPerDay.toString(),
  };
}

export function limitsFromView({ limits, pending }: LimitsStateView): LimitsView {
  return {
    limits: limitsOf(limits),
    pending: pending === null ? null : { limits: limitsOf(pending.limits), fromMs: pending.fromMs },
  };
}

function limitsOf({ lamports, tokens, otherTokens }: WalletLimitsView): WalletLimits {
  return {
    lamportsPerDay: BigInt(lamports),
    tokensPerDay: tokens.map(({ mint, amount }) => ({
      mint: toBase58(fromBase64url(mint)),
      amount: BigInt(amount),
    })),
    otherTokensPerDay: BigInt(otherTokens),
  };
}
