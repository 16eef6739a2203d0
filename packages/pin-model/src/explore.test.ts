import { expect, test } from 'vitest';
import { explore, type Model } from './explore.ts';

/** Two counters that nobody can tell apart, each up to `most`. */
function counters(most: number, forbidden: number): Model<readonly [number, number]> {
  return {
    initial: [0, 0],
    *steps([left, right]) {
      if (left < most) yield { label: 'left', state: [left + 1, right] };
      if (right < most) yield { label: 'right', state: [left, right + 1] };
    },
    key: (state) => [...state].sort().join(),
    broken: ([left, right]) => (left + right === forbidden ? `the sum is never ${forbidden}` : null),
  };
}

test('states that differ by symmetry are visited once, and all of them are', () => {
  expect(explore(counters(3, -1))).toEqual({ states: 10, transitions: 15, depth: 6, counterexample: null });
});

test('a counterexample is a shortest way', () => {
  const { counterexample } = explore(counters(3, 2));
  expect(counterexample).toMatchObject({ rule: 'the sum is never 2' });
  expect(counterexample?.trace).toHaveLength(2);
});

test('a search that does not end says so instead of calling the model good', () => {
  expect(() => explore(counters(100, -1), 50)).toThrow('more than 50 states');
});
