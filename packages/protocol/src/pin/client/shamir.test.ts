import { seededRandom } from '@hexkey/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../encoding/secret.ts';
import { generator, randomScalar, scalarField } from './group.ts';
import { combinePoints, combineScalars, splitScalar } from './shamir.ts';

const sharing = fc
  .record({ count: fc.integer({ min: 1, max: 9 }), seed: fc.integer() })
  .chain(({ count, seed }) =>
    fc.record({
      count: fc.constant(count),
      random: fc.constant(seededRandom(String(seed))),
      threshold: fc.integer({ min: 1, max: count }),
      order: fc.shuffledSubarray(
        Array.from({ length: count }, (_, index) => index),
        { minLength: count },
      ),
    }),
  );

describe('Shamir sharing of scalars', () => {
  test('any threshold of the shares give the secret, in any order', () => {
    fc.assert(
      fc.property(sharing, ({ count, threshold, order, random }) => {
        const secret = randomScalar(random);
        const shares = splitScalar(new Secret(secret), threshold, count, random);
        const chosen = order.slice(0, threshold).map((position) => shares[position] as (typeof shares)[0]);
        expect(combineScalars(chosen).reveal()).toBe(secret);
      }),
    );
  });

  test('the shares combine in the exponent to the same scalar', () => {
    const random = seededRandom('7');
    const secret = randomScalar(random);
    const shares = splitScalar(new Secret(secret), 3, 5, random);
    const points = shares
      .slice(2)
      .map(({ index, value }) => ({ index, value: generator.multiply(value.reveal()) }));
    expect(combinePoints(points).equals(generator.multiply(secret))).toBe(true);
  });

  test('one share too few fits every secret: for each there is a polynomial through it', () => {
    const random = seededRandom('8');
    const secret = randomScalar(random);
    const shares = splitScalar(new Secret(secret), 3, 5, random).slice(0, 2);
    expect(combineScalars(shares).reveal()).not.toBe(secret);
    const other = randomScalar(random);
    // The missing third share that would make the secret `other`: solve the interpolation at 0 for it (weights 3, -3, 1).
    const [first, second] = shares.map(({ value }) => value.reveal()) as [bigint, bigint];
    const third = scalarField.create(other - 3n * first + 3n * second);
    expect(combineScalars([...shares, { index: 3, value: new Secret(third) }]).reveal()).toBe(other);
  });

  test('repeated, zero and missing indices and impossible thresholds are refused', () => {
    const one = { index: 1, value: new Secret(1n) };
    expect(() => combineScalars([one, one])).toThrow(RangeError);
    expect(() => combineScalars([{ index: 0, value: new Secret(1n) }])).toThrow(RangeError);
    expect(() => combineScalars([])).toThrow(RangeError);
    expect(() => splitScalar(new Secret(1n), 0, 3, seededRandom('1'))).toThrow(RangeError);
    expect(() => splitScalar(new Secret(1n), 4, 3, seededRandom('1'))).toThrow(RangeError);
  });
});
