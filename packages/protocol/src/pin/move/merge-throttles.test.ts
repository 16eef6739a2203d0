import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GuessLimits } from '../node-set.ts';
import { recordRightPin } from '../throttle/record-right-pin.ts';
import { spendGuess } from '../throttle/spend-guess.ts';
import { type Caller, emptyThrottle, type ThrottleState } from '../throttle/throttle-state.ts';
import { carriedOf, decodeCarried, encodeCarried } from './carried-throttle.ts';
import { mergeThrottles } from './merge-throttles.ts';

const hour = 3_600_000;
const day = 24 * hour;
const limits: GuessLimits = {
  provenDevice: { attempts: 5, windowMs: day },
  words: { attempts: 10, windowMs: 7 * day },
  newDevice: { attempts: 10, windowMs: 7 * day },
};
const stranger: Caller = { id: 'key:stranger', enrollable: true, hasWords: false };
const owner: Caller = { id: 'key:owner', enrollable: true, hasWords: false };
const begin = 1_900_000_000_000;

/** Whether the guess was granted, and the node's state after it. */
function spend(state: ThrottleState, caller: Caller, request: string, nowMs: number) {
  const spent = spendGuess(state, limits, { caller, request, nowMs });
  return spent.verdict === 'granted' ? { granted: true, state: spent.state } : { granted: false, state };
}
/** As it goes over the wire. */
const carried = (state: ThrottleState) => decodeCarried(encodeCarried(carriedOf(state)));
const merge = (states: readonly ThrottleState[], nowMs = begin) =>
  mergeThrottles(states.map(carried), 3, limits, nowMs);

test('however guesses are spread over nodes and whichever t nodes tell, a move gives none more', () => {
  const five = [0, 1, 2, 3, 4];
  const trio = fc.shuffledSubarray(five, { minLength: 3, maxLength: 3 });
  const tries = fc.record({
    before: fc.array(trio, { maxLength: 25 }),
    telling: trio,
    after: fc.array(trio, { maxLength: 25 }),
  });
  const inOneWindow = 16; // floor(5 * 10 / 3), pin-network specification, section 3
  fc.assert(
    fc.property(tries, ({ before, telling, after }) => {
      let granted = 0;
      let time = begin;
      const guess = (nodes: ThrottleState[], at: readonly number[]) => {
        time += 1000;
        const answers = at.map((node) => {
          const { granted: isGranted, state } = spend(
            nodes[node] as ThrottleState,
            stranger,
            `${time}`,
            time,
          );
          nodes[node] = state;
          return isGranted;
        });
        // A guess is worth something when t nodes evaluate it.
        if (answers.every(Boolean)) granted += 1;
      };
      const old = five.map(() => emptyThrottle);
      for (const at of before) guess(old, at);
      const start = merge(
        telling.map((node) => old[node] as ThrottleState),
        time,
      );
      const next = five.map(() => start);
      for (const at of after) guess(next, at);
      expect(granted).toBeLessThanOrEqual(inOneWindow);
    }),
    { numRuns: 300 },
  );
});

test('a guess that all nodes counted counts once, and a locked bucket stays locked as long', () => {
  let state = emptyThrottle;
  for (let guess = 0; guess < 10; guess += 1) ({ state } = spend(state, stranger, `${guess}`, begin + guess));
  const start = merge([state, state, state], begin + 10);
  expect(start.guesses).toHaveLength(10);
  const lockedUntilMs = begin + 9 + 7 * day;
  const next = { caller: owner, request: 'next', nowMs: begin + hour };
  expect(spendGuess(start, limits, next)).toMatchObject({ verdict: 'locked', retryAtMs: lockedUntilMs });
  expect(spendGuess(start, limits, { ...next, nowMs: lockedUntilMs })).toMatchObject({ verdict: 'granted' });
});

test('a lock that one node tells of holds, and a count that reaches the limit without one, too', () => {
  const at = (guesses: readonly number[]) =>
    guesses.reduce((state, guess) => spend(state, stranger, `${guess}`, begin + guess).state, emptyThrottle);
  const states = [at([0, 1, 2, 3]), at([4, 5, 6, 7]), at([7, 8, 9])];
  expect(spend(merge(states), stranger, 'next', begin + hour).granted).toBe(false);
  const [one, two] = states as [ThrottleState, ThrottleState];
  const locked = {
    ...emptyThrottle,
    locks: [{ bucket: 'newDevice' as const, caller: null, untilMs: begin + day }],
  };
  expect(spend(merge([one, two, locked]), stranger, 'next', begin + hour).granted).toBe(false);
});

describe('a device is enrolled', () => {
  const enrolled = recordRightPin(emptyThrottle, owner, begin);
  test('by the word of t nodes', () => {
    expect(merge([enrolled, enrolled, enrolled]).devices).toEqual([
      { caller: owner.id, lastRightAtMs: 0, enrolledAtMs: begin, wrongInARow: 0 },
    ]);
    expect(merge([enrolled, emptyThrottle, enrolled, enrolled]).devices).toHaveLength(1);
  });
  test('since when t of them say', () => {
    const earlier = recordRightPin(emptyThrottle, owner, begin - day);
    expect(merge([earlier, earlier, enrolled]).devices).toMatchObject([{ enrolledAtMs: begin }]);
    expect(merge([earlier, enrolled, earlier, earlier]).devices).toMatchObject([
      { enrolledAtMs: begin - day },
    ]);
  });
  test('not by that of fewer, however often one says it', () => {
    expect(merge([enrolled, enrolled, emptyThrottle]).devices).toEqual([]);
    const twice = { ...enrolled, devices: [...enrolled.devices, ...enrolled.devices] };
    expect(merge([twice, emptyThrottle, twice]).devices).toEqual([]);
  });
  test('with the most wrong entries that any node counted', () => {
    const wrong = spend(enrolled, owner, 'w', begin).state;
    expect(merge([enrolled, wrong, enrolled]).devices).toMatchObject([{ wrongInARow: 1 }]);
  });
});

test('a node whose clock is ahead locks nobody for longer than a window', () => {
  const ahead = {
    ...emptyThrottle,
    locks: [{ bucket: 'words' as const, caller: null, untilMs: begin + 999 * day }],
  };
  const late = spend(emptyThrottle, stranger, 'g', begin + 999 * day).state;
  const { locks, guesses } = merge([ahead, late, emptyThrottle]);
  expect(locks).toEqual([{ bucket: 'words', caller: null, untilMs: begin + 7 * day }]);
  expect(guesses).toMatchObject([{ atMs: begin }]);
});
