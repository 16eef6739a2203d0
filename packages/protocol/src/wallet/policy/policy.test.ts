import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bindIntent,
  consumeIntent,
  emptySpending,
  fillSpending,
  intentsKeptMs,
  maxIntentsADay,
  restartSpending,
  type SpendingState,
} from './intents.ts';
import {
  defaultLimits,
  type LimitsState,
  limitsAt,
  limitsWindowMs,
  mintLimit,
  type SpendingLimits,
  setLimits,
} from './limits.ts';

const bytes = (length: number, fill: number) => new Uint8Array(length).fill(fill);
const mints = [bytes(32, 1), bytes(32, 2)];
const startMs = 1_700_000_000_000;
const amount = fc.bigInt(0n, 40n);
const limits: fc.Arbitrary<SpendingLimits> = fc.record({
  lamports: amount,
  otherMints: amount,
  mints: fc
    .subarray(mints)
    .chain((named) =>
      fc
        .tuple(...named.map((mint) => fc.record({ mint: fc.constant(mint), amount })))
        .map((list) => [...list]),
    ),
});
const assets = (state: SpendingLimits) => [
  state.lamports,
  state.otherMints,
  ...mints.map((mint) => mintLimit(state, mint)),
];

describe('limits', () => {
  test('whatever is asked: nothing is ever higher than what was, for 24 hours, and then it is what was asked', () => {
    fc.assert(
      fc.property(limits, limits, fc.nat(2 * limitsWindowMs), (before, asked, laterMs) => {
        const state = setLimits({ limits: before, pending: null }, asked, startMs);
        const atOnce = assets(limitsAt(state, startMs).limits);
        assets(before).forEach((limit, index) => {
          const wanted = assets(asked)[index] as bigint;
          expect(atOnce[index]).toBe(wanted < limit ? wanted : limit);
        });
        const later = assets(limitsAt(state, startMs + laterMs).limits);
        expect(later).toEqual(laterMs >= limitsWindowMs ? assets(asked) : atOnce);
      }),
    );
  });

  test('a lower one calls a raise back, another raise waits anew', () => {
    const high = { ...defaultLimits.limits, lamports: 99_000_000_000n };
    const raised = setLimits(defaultLimits, high, startMs);
    expect(raised.pending).toEqual({ limits: high, fromMs: startMs + limitsWindowMs });
    expect(setLimits(raised, defaultLimits.limits, startMs + 1).pending).toBe(null);
    expect(setLimits(raised, high, startMs + 1).pending?.fromMs).toBe(startMs + 1 + limitsWindowMs);
  });
});

const withLimits = (lamports: bigint): LimitsState => ({
  limits: { lamports, mints: [], otherMints: 10n },
  pending: null,
});
const asked = (intent: number, attempt = 1, cost = 1n, message = intent) => ({
  intent: bytes(16, intent),
  attempt,
  messageHash: bytes(32, message),
  costs: { lamports: cost, token: null },
});
function bound(state: SpendingState, ...request: Parameters<typeof asked>): SpendingState {
  const verdict = bindIntent(state, asked(...request), startMs);
  if (verdict.verdict !== 'bound') throw new Error(verdict.verdict);
  return verdict.state;
}
function consumed(state: SpendingState, ...request: Parameters<typeof asked>): SpendingState {
  const verdict = consumeIntent(state, asked(...request), startMs);
  if (verdict.verdict !== 'consumed-now') throw new Error(verdict.verdict);
  return verdict.state;
}

describe('intents', () => {
  const empty = emptySpending(withLimits(10n));

  test('an intent has one message for good; attempts go up and are consumed once', () => {
    const once = bound(empty, 1);
    expect(bindIntent(once, asked(1), startMs).verdict).toBe('repeated');
    expect(bindIntent(once, asked(1, 2, 1n, 9), startMs).verdict).toBe('taken');
    expect(consumeIntent(once, asked(1, 1, 1n, 9), startMs).verdict).toBe('unknown');
    expect(consumeIntent(once, asked(1, 2), startMs).verdict).toBe('unknown');
    const spent = consumed(once, 1);
    expect(consumeIntent(spent, asked(1), startMs).verdict).toBe('consumed');
    expect(bindIntent(spent, asked(1), startMs).verdict).toBe('consumed');
    const again = bound(spent, 1, 2);
    expect(consumeIntent(again, asked(1, 1), startMs).verdict).toBe('consumed');
    expect(bindIntent(again, asked(1, 1), startMs).verdict).toBe('consumed');
    expect(consumeIntent(again, asked(1, 2), startMs).verdict).toBe('consumed-now');
  });

  test('a payment is counted at its first share, and once', () => {
    const once = bound(bound(empty, 1, 1, 6n), 2, 1, 6n);
    const spent = consumed(once, 1, 1, 6n);
    expect(consumeIntent(spent, asked(2, 1, 6n), startMs)).toEqual({
      verdict: 'over',
      passed: { mint: null, limit: 10n, spent: 6n, freeAtMs: startMs + limitsWindowMs },
    });
    expect(bindIntent(spent, asked(3, 1, 5n), startMs).verdict).toBe('over');
    const twice = consumed(bound(spent, 1, 2, 6n), 1, 2, 6n);
    expect(bindIntent(twice, asked(3, 1, 4n), startMs).verdict).toBe('bound');
    expect(bindIntent(spent, asked(3, 1, 5n), startMs + limitsWindowMs).verdict).toBe('bound');
  });

  test('so many intents a day, which are remembered for a week', () => {
    let state = empty;
    for (let index = 0; index < maxIntentsADay; index += 1) state = bound(state, index, 1, 0n);
    expect(bindIntent(state, asked(250), startMs)).toEqual({
      verdict: 'too-many',
      freeAtMs: startMs + limitsWindowMs,
    });
    expect(bindIntent(state, asked(250), startMs + limitsWindowMs).verdict).toBe('bound');
    expect(bindIntent(state, asked(5, 1, 0n, 6), startMs + intentsKeptMs - 1).verdict).toBe('taken');
  });

  test('after a restore nothing is left of any limit for a day, after a clock was confirmed windows start anew', () => {
    const full = fillSpending(bound(empty, 1), startMs + 5);
    expect(consumeIntent(full, asked(1), startMs + 6).verdict).toBe('over');
    expect(bindIntent(full, asked(2, 1, 0n), startMs + 6)).toMatchObject({
      verdict: 'over',
      passed: { spent: 10n },
    });
    expect(bindIntent(full, asked(2), startMs + 5 + limitsWindowMs).verdict).toBe('bound');
    const spent = restartSpending(consumed(bound(empty, 1, 1, 10n), 1, 1, 10n), startMs + 1000);
    expect(bindIntent(spent, asked(2), startMs + limitsWindowMs).verdict).toBe('over');
    expect(bindIntent(spent, asked(2), startMs + 1000 + limitsWindowMs).verdict).toBe('bound');
  });

  test('any order of requests: no window of 24 hours holds more than the limit, no attempt gives two shares, no intent two messages', () => {
    const request = fc.record({
      intent: fc.nat(4),
      attempt: fc.integer({ min: 1, max: 3 }),
      message: fc.nat(1),
      cost: fc.bigInt(0n, 9n),
      afterMs: fc.nat(limitsWindowMs),
      isShare: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 40 }), (requests) => {
        let state = empty;
        let nowMs = startMs;
        const shares: { intent: number; attempt: number; message: number; cost: bigint; atMs: number }[] = [];
        const costs = new Map<string, bigint>();
        for (const { intent, attempt, message, cost, afterMs, isShare } of requests) {
          nowMs += afterMs;
          if (!isShare) {
            const verdict = bindIntent(state, asked(intent, attempt, cost, message), nowMs);
            if (verdict.verdict !== 'bound') continue;
            if (!costs.has(`${intent}/${message}`)) costs.set(`${intent}/${message}`, cost);
            state = verdict.state;
            continue;
          }
          const verdict = consumeIntent(state, asked(intent, attempt, 0n, message), nowMs);
          if (verdict.verdict !== 'consumed-now') continue;
          state = verdict.state;
          const known = state.intents.find((each) => each.intent[0] === intent);
          shares.push({ intent, attempt, message, cost: known?.lamports ?? 0n, atMs: nowMs });
        }
        for (const [index, share] of shares.entries())
          for (const earlier of shares
            .slice(0, index)
            .filter(({ intent, atMs }) => intent === share.intent && share.atMs - atMs < intentsKeptMs)) {
            expect(earlier.message).toBe(share.message);
            expect(earlier.attempt).toBeLessThan(share.attempt);
          }
        const firsts = shares.filter(
          ({ intent, atMs }, index) =>
            !shares
              .slice(0, index)
              .some((earlier) => earlier.intent === intent && atMs - earlier.atMs < intentsKeptMs),
        );
        for (const { atMs } of firsts) {
          const inWindow = firsts.filter((each) => each.atMs <= atMs && each.atMs > atMs - limitsWindowMs);
          expect(inWindow.reduce((sum, { cost }) => sum + cost, 0n)).toBeLessThanOrEqual(10n);
        }
      }),
      { numRuns: 300 },
    );
  });
});
