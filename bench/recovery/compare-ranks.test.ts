import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareRanks } from './compare-ranks.ts';

const samples = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 30 });

test('a sample that is always larger has all of the advantage, an equal one none', () => {
  expect(compareRanks([4, 5, 6], [1, 2, 3])).toEqual({ advantage: 0.5, sigma: Math.sqrt(7 / 108) });
  expect(compareRanks([1, 2, 3], [1, 2, 3]).advantage).toBeCloseTo(0);
  // Mann and Whitney's U for these is 2 of 9 pairs.
  expect(compareRanks([1, 3, 4], [2, 5, 6]).advantage).toBeCloseTo(2 / 9 - 0.5);
});

test('whichever sample is named first, the advantage is the same with the other sign', () => {
  fc.assert(
    fc.property(samples, samples, (left, right) => {
      const one = compareRanks(left, right);
      const other = compareRanks(right, left);
      expect(one.advantage).toBeCloseTo(-other.advantage);
      expect(one.sigma).toBeCloseTo(other.sigma);
    }),
  );
});
