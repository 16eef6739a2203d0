import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GuessLimits } from '../node-set.ts';
import { budgetOf, isProven } from './bucket.ts';
import { hasRecentRightPin, recordRightPin } from './record-right-pin.ts';
import { restartWindows } from './restart-windows.ts';
import { spendGuess } from './spend-guess.ts';
import { type Caller, emptyThrottle, maxEnrolledDevices, type ThrottleState } from './throttle-state.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const limits: GuessLimits = {
  provenDevice: { attempts: 5, windowMs: dayMs },
  words: { attempts: 10, windowMs: 7 * dayMs },
  newDevice: { attempts: 10, windowMs: 7 * dayMs },
};
const device = (name: string, more: Partial<Caller> = {}): Caller => ({
  id: `key:${name}`,
  enrollable: true,
  hasWords: false,
  ...more,
});
const startMs = 1_800_000_000_000;

/** Spends `count` different guesses and expects each to be granted. */
function spendAll(state: ThrottleState, caller: Caller, count: number, nowMs: number): ThrottleState {
  let after = state;
  for (let index = 0; index < count; index += 1) {
    const spend = spendGuess(after, limits, { caller, request: `${nowMs}/${index}`, nowMs });
    if (spend.verdict !== 'granted') throw new Error(`guess ${index} was ${spend.verdict}`);
    after = spend.state;
  }
  return after;
}
const guess = (state: ThrottleState, caller: Caller, nowMs: number, request = 'next') =>
  spendGuess(state, limits, { caller, request, nowMs });

test('the fifth guess of a proven device is granted and locks that device for 24 hours', () => {
  const phone = device('phone');
  const state = spendAll(recordRightPin(emptyThrottle, phone, startMs), phone, 5, startMs);
  expect(budgetOf(state, phone, limits, startMs)).toEqual({
    bucket: 'provenDevice',
    limit: 5,
    spent: 5,
    lockedUntilMs: startMs + dayMs,
  });
  expect(guess(state, phone, startMs + dayMs - 1)).toEqual({
    verdict: 'locked',
    bucket: 'provenDevice',
    retryAtMs: startMs + dayMs,
  });
  expect(guess(state, phone, startMs + dayMs).verdict).toBe('granted');
});

test('unproven devices of one account share ten guesses in seven days', () => {
  const thief = device('thief');
  const owner = device('owner');
  const state = spendAll(spendAll(emptyThrottle, thief, 6, startMs), owner, 4, startMs + hourMs);
  expect(guess(state, thief, startMs + 2 * hourMs).verdict).toBe('locked');
  expect(guess(state, owner, startMs + 2 * hourMs)).toMatchObject({
    bucket: 'newDevice',
    retryAtMs: startMs + hourMs + 7 * dayMs,
  });
});

test('strangers who use up the new-device budget lock neither a proven device nor the words', () => {
  const phone = device('phone');
  const proven = recordRightPin(emptyThrottle, phone, startMs);
  const state = spendAll(proven, device('thief'), 10, startMs);
  expect(guess(state, phone, startMs).verdict).toBe('granted');
  expect(guess(state, device('new phone', { hasWords: true }), startMs)).toMatchObject({
    verdict: 'granted',
    bucket: 'words',
  });
});

test('an identical request within 60 seconds is the same guess, even when the bucket is locked', () => {
  const phone = device('phone');
  const state = spendAll(recordRightPin(emptyThrottle, phone, startMs), phone, 5, startMs);
  expect(guess(state, phone, startMs + 59_999, `${startMs}/4`).verdict).toBe('repeated');
  expect(guess(state, phone, startMs + 60_000, `${startMs}/4`).verdict).toBe('locked');
  expect(guess(state, device('other'), startMs, `${startMs}/4`).verdict).toBe('granted');
});

test('a right PIN clears only the guesses of the device that showed it', () => {
  const thief = device('thief');
  const owner = device('owner');
  const spent = spendAll(spendAll(emptyThrottle, thief, 7, startMs), owner, 3, startMs);
  const state = recordRightPin(spent, owner, startMs);
  expect(guess(state, owner, startMs)).toMatchObject({ verdict: 'granted', bucket: 'provenDevice' });
  expect(budgetOf(state, thief, limits, startMs)).toMatchObject({ spent: 7, lockedUntilMs: null });
});

test('a lone locked node opens again for the right PIN', () => {
  const phone = device('phone');
  const locked = spendAll(recordRightPin(emptyThrottle, phone, startMs), phone, 5, startMs);
  expect(guess(recordRightPin(locked, phone, startMs + 1), phone, startMs + 2).verdict).toBe('granted');
});

test('lifting the lock does not lift the count: guesses of others at the limit still refuse', () => {
  const owner = device('owner');
  const full = spendAll(emptyThrottle, device('thief'), 10, startMs);
  const state = recordRightPin(full, { ...owner, enrollable: false }, startMs);
  expect(state.locks).toEqual([]);
  expect(guess(state, device('thief'), startMs + 1)).toMatchObject({
    verdict: 'locked',
    retryAtMs: startMs + 7 * dayMs,
  });
});

test('thirty wrong guesses in a row make a proven device a new one, still under its own lock', () => {
  const phone = device('phone');
  let state = recordRightPin(emptyThrottle, phone, startMs);
  for (let day = 0; day < 6; day += 1) {
    expect(isProven(state, phone)).toBe(true);
    state = spendAll(state, phone, 5, startMs + day * dayMs);
  }
  expect(isProven(state, phone)).toBe(false);
  expect(guess(state, phone, startMs + 5 * dayMs + 1)).toMatchObject({
    verdict: 'locked',
    bucket: 'newDevice',
    retryAtMs: startMs + 6 * dayMs,
  });
  expect(isProven(recordRightPin(state, phone, startMs + 5 * dayMs), phone)).toBe(true);
});

test('a session that may not be enrolled is never proven', () => {
  const session: Caller = { id: 'sid:1', enrollable: false, hasWords: false };
  const state = recordRightPin(emptyThrottle, session, startMs);
  expect(isProven(state, session)).toBe(false);
  expect(hasRecentRightPin(state, session, startMs)).toBe(false);
});

test('an enrolled session loses its standing where it may no longer be enrolled', () => {
  const session: Caller = { id: 'sid:1', enrollable: true, hasWords: false };
  const state = recordRightPin(emptyThrottle, session, startMs);
  expect(isProven(state, session)).toBe(true);
  expect(isProven(state, { ...session, enrollable: false })).toBe(false);
  expect(hasRecentRightPin(state, { ...session, enrollable: false }, startMs)).toBe(false);
});

test('a right PIN is recent for ten minutes, for its own device', () => {
  const phone = device('phone');
  const state = recordRightPin(emptyThrottle, phone, startMs);
  expect(hasRecentRightPin(state, phone, startMs + 600_000)).toBe(true);
  expect(hasRecentRightPin(state, phone, startMs + 600_001)).toBe(false);
  expect(hasRecentRightPin(state, device('other'), startMs)).toBe(false);
});

test('enrolled devices are bounded; the longest unproven is pushed out', () => {
  let state = emptyThrottle;
  for (let index = 0; index <= maxEnrolledDevices; index += 1)
    state = recordRightPin(state, device(String(index)), startMs + index);
  expect(state.devices).toHaveLength(maxEnrolledDevices);
  expect(isProven(state, device('0'))).toBe(false);
  expect(isProven(state, device('1'))).toBe(true);
});

test('a confirmed clock restarts locks and windows and voids recent proofs', () => {
  const phone = device('phone');
  const before = spendAll(recordRightPin(emptyThrottle, phone, startMs), phone, 5, startMs);
  const laterMs = startMs + 30 * dayMs;
  const state = restartWindows(before, limits, laterMs);
  expect(guess(state, phone, laterMs + dayMs - 1).verdict).toBe('locked');
  expect(hasRecentRightPin(state, phone, laterMs)).toBe(false);
});

describe('whatever happens', () => {
  const step = fc.record({
    who: fc.nat(3),
    what: fc.constantFrom('guess', 'guess', 'guess', 'guess', 'repeat', 'right'),
    waitMs: fc.oneof(fc.nat(1000), fc.nat(dayMs), fc.nat(3 * dayMs)),
  });
  const callers = [
    device('a'),
    device('b'),
    device('c', { hasWords: true }),
    device('d', { enrollable: false }),
  ];
  type Grant = { caller: string; bucket: string; atMs: number };

  /** Runs the steps against the machine and keeps an independent list of what was granted and not cleared. */
  function run(
    steps: readonly { who: number; what: string; waitMs: number }[],
    check: (moment: { grants: Grant[]; state: ThrottleState; nowMs: number }) => void,
  ): void {
    let state = emptyThrottle;
    let grants: Grant[] = [];
    let nowMs = startMs;
    let last = '';
    for (const [index, { who, what, waitMs }] of steps.entries()) {
      nowMs += waitMs;
      const caller = callers[who] as Caller;
      if (what === 'right') {
        state = recordRightPin(state, caller, nowMs);
        grants = grants.filter((grant) => grant.caller !== caller.id);
      } else {
        const request = what === 'repeat' ? last : String(index);
        last = request;
        const spend = spendGuess(state, limits, { caller, request, nowMs });
        if (spend.verdict === 'granted') {
          state = spend.state;
          grants.push({ caller: caller.id, bucket: spend.bucket, atMs: nowMs });
        }
      }
      check({ grants, state, nowMs });
    }
  }

  test('no window holds more granted guesses than its limit', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        run(steps, ({ grants, nowMs }) => {
          const inWindow = grants.filter(
            (grant) => grant.atMs > nowMs - limits[grant.bucket as keyof GuessLimits].windowMs,
          );
          for (const bucket of ['words', 'newDevice'])
            expect(inWindow.filter((grant) => grant.bucket === bucket).length).toBeLessThanOrEqual(10);
          for (const { id } of callers)
            expect(
              inWindow.filter((grant) => grant.bucket === 'provenDevice' && grant.caller === id).length,
            ).toBeLessThanOrEqual(5);
        });
      }),
    );
  });

  test('a proven device that did not guess is never locked by what others do', () => {
    const quiet = device('quiet');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state = recordRightPin(emptyThrottle, quiet, startMs);
        let nowMs = startMs;
        for (const [index, { who, what, waitMs }] of steps.entries()) {
          nowMs += waitMs;
          const caller = callers[who] as Caller;
          const spend = spendGuess(state, limits, { caller, request: String(index), nowMs });
          if (what === 'right') state = recordRightPin(state, caller, nowMs);
          else if (spend.verdict === 'granted') state = spend.state;
          expect(guess(state, quiet, nowMs, 'mine')).toMatchObject({
            verdict: 'granted',
            bucket: 'provenDevice',
          });
        }
      }),
    );
  });

  test('a refused caller gets in at the time it was told, if nothing else happens', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        run(steps, ({ state, nowMs }) => {
          for (const caller of callers) {
            const spend = guess(state, caller, nowMs, 'probe');
            if (spend.verdict !== 'locked') continue;
            expect(spend.retryAtMs).toBeGreaterThan(nowMs);
            expect(guess(state, caller, spend.retryAtMs, 'probe').verdict).not.toBe('repeated');
            if (!isProven(state, caller) && state.locks.some((lock) => lock.caller === caller.id)) continue;
            expect(guess(state, caller, spend.retryAtMs, 'probe').verdict).toBe('granted');
          }
        });
      }),
    );
  });

  test('thirty right unlocks in a row with a repeat of each request lock nothing', () => {
    const phone = device('phone');
    let state = emptyThrottle;
    for (let unlock = 0; unlock < 30; unlock += 1) {
      const nowMs = startMs + unlock * 4000;
      state = spendAll(state, phone, 1, nowMs);
      expect(guess(state, phone, nowMs + 3000, `${nowMs}/0`).verdict).toBe('repeated');
      state = recordRightPin(state, phone, nowMs + 3000);
    }
    expect(state).toMatchObject({ guesses: [], locks: [] });
  });
});
