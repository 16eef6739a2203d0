import { equalBytes } from '../../encoding/bytes.ts';
import type { TransferCosts } from '../transfer-costs.ts';
import { type LimitsState, limitsAt, limitsWindowMs, mintLimit } from './limits.ts';

/** One payment an owner means to make, as a node remembers it: bound to one message for good. */
export interface WalletIntent {
  /** 16 bytes, chosen by the client. */
  readonly intent: Uint8Array;
  /** SHA-256 of the message. */
  readonly messageHash: Uint8Array;
  /** When it was first bound. */
  readonly boundAtMs: number;
  /** The last attempt that was bound, and whether it gave a share. */
  readonly attempt: number;
  readonly isConsumed: boolean;
  readonly lamports: bigint;
  readonly token: { readonly mint: Uint8Array; readonly amount: bigint } | null;
  /** When it first gave a share, which is when it counts as spent; null before. */
  readonly spentAtMs: number | null;
}

/** What a node remembers about the payments of one wallet. A value: every change makes a new one. */
export interface SpendingState {
  readonly limits: LimitsState;
  readonly intents: readonly WalletIntent[];
  /** Until then every limit counts as used up: the node's database was an older copy. 0 for never. */
  readonly fullUntilMs: number;
}

export const emptySpending = (limits: LimitsState): SpendingState => ({
  limits,
  intents: [],
  fullUntilMs: 0,
});

export const intentsKeptMs = 7 * 24 * 3_600_000;
export const maxIntentsADay = 200;

/** A limit that a payment would pass. `mint` null: that of lamports. */
export interface PassedLimit {
  readonly mint: Uint8Array | null;
  readonly limit: bigint;
  readonly spent: bigint;
  /** When the oldest payment of the window counts no more; the payment may need more than that. */
  readonly freeAtMs: number;
}

export type BindVerdict =
  | { readonly verdict: 'bound'; readonly state: SpendingState }
  /** The same attempt at the same message, not consumed: nothing changes. */
  | { readonly verdict: 'repeated' }
  /** Another message is bound to the intent. */
  | { readonly verdict: 'taken' }
  /** The attempt gave a share, or a later one was begun. */
  | { readonly verdict: 'consumed' }
  | { readonly verdict: 'too-many'; readonly freeAtMs: number }
  | { readonly verdict: 'over'; readonly passed: PassedLimit };

/** One attempt at a payment. */
export interface IntentAttempt {
  readonly intent: Uint8Array;
  readonly attempt: number;
  readonly messageHash: Uint8Array;
}

/**
 * Binds an attempt to its message before any nonce is shown. Attempts go up, so that a nonce is made for each at most once; an intent never gets
 * another message.
 */
export function bindIntent(
  state: SpendingState,
  asked: IntentAttempt & { readonly costs: Pick<TransferCosts, 'lamports' | 'token'> },
  nowMs: number,
): BindVerdict {
  const kept = forgetOld(state, nowMs);
  const known = findIntent(kept, asked.intent);
  if (known === undefined) return bindFirst(kept, asked, nowMs);
  if (!equalBytes(known.messageHash, asked.messageHash)) return { verdict: 'taken' };
  if (asked.attempt < known.attempt) return { verdict: 'consumed' };
  if (asked.attempt === known.attempt) return { verdict: known.isConsumed ? 'consumed' : 'repeated' };
  const passed = passedLimit(kept, known, nowMs);
  if (passed !== null) return { verdict: 'over', passed };
  return {
    verdict: 'bound',
    state: withIntent(kept, { ...known, attempt: asked.attempt, isConsumed: false }),
  };
}

function bindFirst(
  state: SpendingState,
  { intent, attempt, messageHash, costs }: Parameters<typeof bindIntent>[1],
  nowMs: number,
): BindVerdict {
  const today = state.intents.filter(({ boundAtMs }) => boundAtMs + limitsWindowMs > nowMs);
  if (today.length >= maxIntentsADay)
    return {
      verdict: 'too-many',
      freeAtMs: Math.min(...today.map(({ boundAtMs }) => boundAtMs)) + limitsWindowMs,
    };
  const { lamports, token } = costs;
  const bound = {
    intent,
    attempt,
    messageHash,
    boundAtMs: nowMs,
    isConsumed: false,
    lamports,
    token,
    spentAtMs: null,
  };
  const passed = passedLimit(state, bound, nowMs);
  if (passed !== null) return { verdict: 'over', passed };
  return { verdict: 'bound', state: withIntent(state, bound) };
}

export type ConsumeVerdict =
  | { readonly verdict: 'consumed-now'; readonly state: SpendingState }
  /** The attempt is not the one that is bound. */
  | { readonly verdict: 'unknown' }
  | { readonly verdict: 'consumed' }
  | { readonly verdict: 'over'; readonly passed: PassedLimit };

/** Consumes a bound attempt before its share is made; the first share of an intent counts as spending it. */
export function consumeIntent(state: SpendingState, asked: IntentAttempt, nowMs: number): ConsumeVerdict {
  const kept = forgetOld(state, nowMs);
  const known = findIntent(kept, asked.intent);
  if (known === undefined || !equalBytes(known.messageHash, asked.messageHash)) return { verdict: 'unknown' };
  if (asked.attempt > known.attempt) return { verdict: 'unknown' };
  if (asked.attempt < known.attempt || known.isConsumed) return { verdict: 'consumed' };
  const passed = passedLimit(kept, known, nowMs);
  if (passed !== null) return { verdict: 'over', passed };
  return {
    verdict: 'consumed-now',
    state: withIntent(kept, { ...known, isConsumed: true, spentAtMs: known.spentAtMs ?? nowMs }),
  };
}

/** After an older copy of the node's database was put in place: what was spent since is forgotten, so all counts as spent for a day. */
export function fillSpending(state: SpendingState, nowMs: number): SpendingState {
  return { ...restartSpending(state, nowMs), fullUntilMs: nowMs + limitsWindowMs };
}

/** After the operator confirmed a clock that had jumped: nobody knows how much time passed, so every window starts anew. */
export function restartSpending(state: SpendingState, nowMs: number): SpendingState {
  const { limits, intents, fullUntilMs } = state;
  return {
    limits: {
      ...limits,
      pending: limits.pending && { ...limits.pending, fromMs: nowMs + limitsWindowMs },
    },
    intents: intents.map((known) => ({
      ...known,
      boundAtMs: nowMs,
      spentAtMs: known.spentAtMs === null ? null : nowMs,
    })),
    fullUntilMs: fullUntilMs === 0 ? 0 : nowMs + limitsWindowMs,
  };
}

/** The first limit that a payment does not fit under, lamports before tokens; null for none. What is spent already is not counted again. */
function passedLimit(
  state: SpendingState,
  payment: Pick<WalletIntent, 'lamports' | 'token' | 'spentAtMs'>,
  nowMs: number,
): PassedLimit | null {
  if (payment.spentAtMs !== null) return null;
  const { limits } = limitsAt(state.limits, nowMs);
  const { lamports, token } = payment;
  const passesLamports = passes(state, nowMs, null, limits.lamports, lamports, (spent) => spent.lamports);
  if (passesLamports !== null || token === null) return passesLamports;
  const { mint, amount } = token;
  return passes(state, nowMs, mint, mintLimit(limits, mint), amount, (spent) =>
    spent.token !== null && equalBytes(spent.token.mint, mint) ? spent.token.amount : 0n,
  );
}

function passes(
  { intents, fullUntilMs }: SpendingState,
  nowMs: number,
  mint: Uint8Array | null,
  limit: bigint,
  amount: bigint,
  amountOf: (spent: WalletIntent) => bigint,
): PassedLimit | null {
  if (fullUntilMs > nowMs) return { mint, limit, spent: limit, freeAtMs: fullUntilMs };
  const counted = intents.filter(
    (known) => known.spentAtMs !== null && known.spentAtMs + limitsWindowMs > nowMs && amountOf(known) > 0n,
  );
  const spent = counted.reduce((sum, known) => sum + amountOf(known), 0n);
  if (spent + amount <= limit) return null;
  const oldest = Math.min(...counted.map(({ spentAtMs }) => spentAtMs ?? nowMs), nowMs);
  return { mint, limit, spent, freeAtMs: oldest + limitsWindowMs };
}

function forgetOld(state: SpendingState, nowMs: number): SpendingState {
  return {
    ...state,
    intents: state.intents.filter(
      ({ boundAtMs, spentAtMs }) => Math.max(boundAtMs, spentAtMs ?? 0) + intentsKeptMs > nowMs,
    ),
  };
}

function findIntent({ intents }: SpendingState, intent: Uint8Array): WalletIntent | undefined {
  return intents.find((known) => equalBytes(known.intent, intent));
}

function withIntent(state: SpendingState, changed: WalletIntent): SpendingState {
  const others = state.intents.filter(({ intent }) => !equalBytes(intent, changed.intent));
  return { ...state, intents: [...others, changed] };
}
