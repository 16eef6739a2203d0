import { toHex } from '../../encoding/text.ts';
import { encodeCbor } from '../../pin/wire/cbor.ts';
import type { SpendingState, WalletIntent } from '../policy/intents.ts';
import {
  defaultLimits,
  type LimitsState,
  limitsAt,
  limitsWindowMs,
  lowerLimits,
  type SpendingLimits,
} from '../policy/limits.ts';
import { limitsToCbor } from '../wire/values.ts';
import type { CarriedPayKey, CarriedWallet } from './carried-wallet.ts';

/**
 * What a new node starts from: every payment that any of the old nodes counted, each once, under the lowest of their limits. Of n = 2t-1 nodes any t include one that gave a share of
 * each signature, so nothing that was spent is missing. What loosens something - a device without a hold, a key for paying without the PIN, a raise that waits -
 * counts only by the word of t nodes.
 *
 * @param carried of different old nodes, those of the t or more that closed which held the wallet
 * @param threshold t of the old set
 */
export function mergeWallets(
  carried: readonly CarriedWallet[],
  threshold: number,
  nowMs: number,
): Omit<CarriedWallet, 'packageHash'> {
  const agreed = <T>(values: readonly T[][], nameOf: (value: T) => string) =>
    byWordOf(threshold, values, nameOf);
  const [founder = null] = agreed(
    carried.map((one) => (one.founder === null ? [] : [one.founder])),
    toHex,
  );
  return {
    founder,
    approved: agreed(
      carried.map(({ approved }) => [...approved]),
      toHex,
    ),
    payKeys: agreed(
      carried.map(({ payKeys }) => [...payKeys]),
      ({ device, key, windowMs }: CarriedPayKey) => `${toHex(device)}/${toHex(key)}/${windowMs}`,
    ),
    spending: mergeSpending(
      carried.map(({ spending }) => spending),
      threshold,
      nowMs,
    ),
  };
}

/** Those that so many lists hold, one of each. */
function byWordOf<T>(count: number, lists: readonly T[][], nameOf: (value: T) => string): T[] {
  const words = new Map<string, T[]>();
  for (const list of lists) {
    const once = new Map(list.map((value) => [nameOf(value), value]));
    for (const [name, value] of once) words.set(name, [...(words.get(name) ?? []), value]);
  }
  return [...words.values()].flatMap((said) => (said.length >= count ? said.slice(0, 1) : []));
}

function mergeSpending(told: readonly SpendingState[], threshold: number, nowMs: number): SpendingState {
  const intents = new Map<string, WalletIntent>();
  for (const { intents: known } of told)
    for (const intent of known) {
      const name = `${toHex(intent.intent)}/${toHex(intent.messageHash)}`;
      const now = notAhead(intent, nowMs);
      const before = intents.get(name);
      intents.set(name, before === undefined ? now : laterOf(before, now));
    }
  // One that gave a share is found first: nothing else is bound to its name.
  const inOrder = [...intents.values()].toSorted(
    (left, right) => Number(right.isConsumed) - Number(left.isConsumed) || left.boundAtMs - right.boundAtMs,
  );
  const fullUntilMs = Math.max(0, ...told.map((one) => one.fullUntilMs));
  return {
    limits: mergeLimits(
      told.map(({ limits }) => limitsAt(limits, nowMs)),
      threshold,
      nowMs,
    ),
    intents: inOrder,
    fullUntilMs: Math.min(fullUntilMs, nowMs + limitsWindowMs),
  };
}

/** A clock that is ahead must not make a window longer than it is. */
function notAhead(intent: WalletIntent, nowMs: number): WalletIntent {
  const { boundAtMs, spentAtMs } = intent;
  return {
    ...intent,
    boundAtMs: Math.min(boundAtMs, nowMs),
    spentAtMs: spentAtMs === null ? null : Math.min(spentAtMs, nowMs),
  };
}

/** One payment as two nodes know it. */
function laterOf(left: WalletIntent, right: WalletIntent): WalletIntent {
  const [first, second] = left.attempt >= right.attempt ? [left, right] : [right, left];
  const spent = [left.spentAtMs, right.spentAtMs].filter((atMs) => atMs !== null);
  return {
    ...first,
    isConsumed: first.isConsumed || (second.attempt === first.attempt && second.isConsumed),
    boundAtMs: Math.max(left.boundAtMs, right.boundAtMs),
    spentAtMs: spent.length === 0 ? null : Math.max(...spent),
  };
}

function mergeLimits(told: readonly LimitsState[], threshold: number, nowMs: number): LimitsState {
  const [first, ...others] = told;
  if (first === undefined) return defaultLimits;
  const limits = others.reduce((lowest, { limits: own }) => lowerLimits(lowest, own), first.limits);
  const raises = told.map(({ pending }) => (pending === null ? [] : [pending]));
  const [raise] = byWordOf(threshold, raises, ({ limits: asked }) => nameOfLimits(asked));
  if (raise === undefined) return { limits, pending: null };
  const fromMs = Math.max(...raises.flat().map((pending) => pending.fromMs));
  return {
    limits,
    pending: { limits: raise.limits, fromMs: Math.min(fromMs, nowMs + limitsWindowMs) },
  };
}

const nameOfLimits = (limits: SpendingLimits) => toHex(encodeCbor(limitsToCbor(limits)));
