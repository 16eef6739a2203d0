import { equalBytes } from '../../encoding/bytes.ts';

/** How much a wallet may spend in any 24 hours. Raw units, below 2^64. */
export interface SpendingLimits {
  readonly lamports: bigint;
  /** Mints (32 bytes) with a limit of their own, none twice. */
  readonly mints: readonly MintLimit[];
  /** For every mint that is not named. */
  readonly otherMints: bigint;
}

export interface MintLimit {
  readonly mint: Uint8Array;
  readonly amount: bigint;
}

/** Limits as a node keeps them: those that hold, and higher ones that will. A value: every change makes a new one. */
export interface LimitsState {
  readonly limits: SpendingLimits;
  readonly pending: { readonly limits: SpendingLimits; readonly fromMs: number } | null;
}

/** Of an owner who set none: 10 SOL, and 1 000 000 000 raw units of every mint. */
export const defaultLimits: LimitsState = {
  limits: { lamports: 10_000_000_000n, mints: [], otherMints: 1_000_000_000n },
  pending: null,
};

/** How long a higher limit waits, and how long what was spent counts. */
export const limitsWindowMs = 24 * 3_600_000;
/** One request names no more mints. */
export const maxNamedMints = 32;

/** The limits at a time: what is pending holds once its time has come. */
export function limitsAt(state: LimitsState, nowMs: number): LimitsState {
  if (state.pending === null || state.pending.fromMs > nowMs) return state;
  return { limits: state.pending.limits, pending: null };
}

/** The limit of one mint. */
export function mintLimit({ mints, otherMints }: SpendingLimits, mint: Uint8Array): bigint {
  return mints.find((named) => equalBytes(named.mint, mint))?.amount ?? otherMints;
}

/**
 * What an owner asks for: whatever is lower holds at once, whatever is higher 24 hours later. It replaces what was pending, so that lowering
 * calls back a raise that an intruder has begun.
 */
export function setLimits(state: LimitsState, asked: SpendingLimits, nowMs: number): LimitsState {
  const { limits: current } = limitsAt(state, nowMs);
  const lowered = lowerLimits(current, asked);
  if (isSame(lowered, asked)) return { limits: asked, pending: null };
  return { limits: lowered, pending: { limits: asked, fromMs: nowMs + limitsWindowMs } };
}

/** The lower limit of each asset. Only mints of which it differs from that of the others keep a name. */
export function lowerLimits(left: SpendingLimits, right: SpendingLimits): SpendingLimits {
  const otherMints = lower(left.otherMints, right.otherMints);
  const named = [...left.mints, ...right.mints.filter(({ mint }) => !isNamed(left, mint))];
  return {
    lamports: lower(left.lamports, right.lamports),
    otherMints,
    mints: named
      .map(({ mint }) => ({ mint, amount: lower(mintLimit(left, mint), mintLimit(right, mint)) }))
      .filter(({ amount }) => amount !== otherMints),
  };
}

function isSame(left: SpendingLimits, right: SpendingLimits): boolean {
  return (
    left.lamports === right.lamports &&
    left.otherMints === right.otherMints &&
    [...left.mints, ...right.mints].every(({ mint }) => mintLimit(left, mint) === mintLimit(right, mint))
  );
}

function isNamed({ mints }: SpendingLimits, mint: Uint8Array): boolean {
  return mints.some((named) => equalBytes(named.mint, mint));
}

function lower(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
