import { DomainError, type LimitsStateView, type WalletLimitsView } from '@hexkey/contract';
import {
  defaultLimits,
  fromBase64url,
  type LimitsState,
  limitsAt,
  type SpendingLimits,
  toBase64url,
} from '@hexkey/protocol';
import { invalidField, readBytes } from '../field-bytes.ts';
import type { Wallet } from './wallets.store.ts';

type LimitsRow = Pick<Wallet, 'limits' | 'pending_limits' | 'pending_from_ms'>;

/** Limits as they are stored; the rules are those of the nodes. */
export function limitsOfRow(row: LimitsRow): LimitsState {
  if (row.limits === null) return defaultLimits;
  const limits = limitsOfText(row.limits);
  return row.pending_limits === null || row.pending_from_ms === null
    ? { limits, pending: null }
    : { limits, pending: { limits: limitsOfText(row.pending_limits), fromMs: row.pending_from_ms } };
}

export function rowOfLimits({ limits, pending }: LimitsState): LimitsRow {
  return {
    limits: JSON.stringify(limitsView(limits)),
    pending_limits: pending === null ? null : JSON.stringify(limitsView(pending.limits)),
    pending_from_ms: pending?.fromMs ?? null,
  };
}

export function limitsStateView(state: LimitsState, nowMs: number): LimitsStateView {
  const { limits, pending } = limitsAt(state, nowMs);
  return {
    limits: limitsView(limits),
    pending: pending === null ? null : { limits: limitsView(pending.limits), fromMs: pending.fromMs },
  };
}

/** @throws {DomainError} `InvalidField` */
export function readLimits({ lamports, tokens, otherTokens }: WalletLimitsView): SpendingLimits {
  if (new Set(tokens.map(({ mint }) => mint)).size !== tokens.length)
    throw invalidField('tokens', 'names a mint twice');
  return {
    lamports: readAmount(lamports, 'lamports'),
    mints: tokens.map(({ mint, amount }) => ({
      mint: readBytes(mint, 'tokens'),
      amount: readAmount(amount, 'tokens'),
    })),
    otherMints: readAmount(otherTokens, 'otherTokens'),
  };
}

function readAmount(text: string, field: string): bigint {
  const amount = BigInt(text);
  if (amount >= 2n ** 64n) throw new DomainError('InvalidField', { field, problem: 'more than 64 bits' });
  return amount;
}

function limitsView({ lamports, mints, otherMints }: SpendingLimits): WalletLimitsView {
  return {
    lamports: lamports.toString(),
    tokens: mints.map(({ mint, amount }) => ({ mint: toBase64url(mint), amount: amount.toString() })),
    otherTokens: otherMints.toString(),
  };
}

function limitsOfText(text: string): SpendingLimits {
  const { lamports, tokens, otherTokens } = JSON.parse(text) as WalletLimitsView;
  return {
    lamports: BigInt(lamports),
    mints: tokens.map(({ mint, amount }) => ({ mint: fromBase64url(mint), amount: BigInt(amount) })),
    otherMints: BigInt(otherTokens),
  };
}
