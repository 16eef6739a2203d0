import { readAmount, writeAmount } from '@hexkey/protocol';
import type { LimitsView, WalletLimits } from '@hexkey/sdk';
import type { Context, Report } from '../../command.ts';
import { UsageError } from '../../usage-error.ts';
import { askPin } from '../ask-pin.ts';
import { sayTime } from '../say-time.ts';
import { findAsset } from './find-asset.ts';

/** Shows the limits; with `--sol`, or `--limit` of an `--asset`, sets that one first. @throws {DomainError} what `setLimits` throws */
export async function walletLimits(context: Context): Promise<Report> {
  const { hexkey, terminal } = context;
  const change = await wantedLimit(context);
  const now = await hexkey.wallet.limits();
  if (change === null) return report(now);
  const wanted = withLimit(now.pending?.limits ?? now.limits, change);
  return report(await hexkey.wallet.setLimits(wanted, await askPin(terminal)));
}

interface WantedLimit {
  /** Null for SOL. */
  readonly mint: string | null;
  readonly amount: bigint;
}

/** @throws {UsageError} */
async function wantedLimit({ hexkey, options }: Context): Promise<WantedLimit | null> {
  const { sol, limit, asset } = options;
  if (sol !== undefined && (limit !== undefined || asset !== undefined))
    throw new UsageError('One limit at a time: --sol, or --asset with --limit.');
  const text = sol ?? limit;
  if (text === undefined) {
    if (asset !== undefined) throw new UsageError('--asset goes with --limit.');
    return null;
  }
  const { mint, symbol, decimals } = await findAsset({ hexkey, options });
  const amount = readAmount(text, decimals);
  if (!amount.ok) throw new UsageError(`Not an amount of ${symbol}: ${amount.problem}.`);
  return { mint, amount: amount.amount };
}

function withLimit(limits: WalletLimits, { mint, amount }: WantedLimit): WalletLimits {
  if (mint === null) return { ...limits, lamportsPerDay: amount };
  const others = limits.tokensPerDay.filter((each) => each.mint !== mint);
  return { ...limits, tokensPerDay: [...others, { mint, amount }] };
}

function report({ limits, pending }: LimitsView): Report {
  return {
    value: {
      limits: valueOfLimits(limits),
      pending: pending === null ? null : { limits: valueOfLimits(pending.limits), fromMs: pending.fromMs },
    },
    lines: [
      ...sayLimits(limits),
      ...(pending === null ? [] : [`from ${sayTime(pending.fromMs)} on:`, ...sayLimits(pending.limits)]),
    ],
  };
}

function valueOfLimits({ lamportsPerDay, tokensPerDay, otherTokensPerDay }: WalletLimits): object {
  return {
    lamportsPerDay: lamportsPerDay.toString(),
    tokensPerDay: tokensPerDay.map(({ mint, amount }) => ({ mint, amount: amount.toString() })),
    otherTokensPerDay: otherTokensPerDay.toString(),
  };
}

function sayLimits({ lamportsPerDay, tokensPerDay, otherTokensPerDay }: WalletLimits): readonly string[] {
  return [
    `${writeAmount(lamportsPerDay, 9)} SOL a day`,
    ...tokensPerDay.map(({ mint, amount }) => `${amount} units of ${mint} a day`),
    `${otherTokensPerDay} units a day of every other token`,
  ];
}
