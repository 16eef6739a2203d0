import { expect, test } from 'vitest';
import { fixedClock } from './fixed-clock.ts';
import { seededRandom } from './seeded-random.ts';

test('a fixed clock moves only when told', () => {
  const clock = fixedClock('2030-01-01T00:00:00Z');
  const start = clock.now();
  expect(clock.now()).toBe(start);
  clock.advance(60_000);
  expect(clock.now() - start).toBe(60_000);
  expect(() => fixedClock('tomorrow')).toThrow(RangeError);
});

test('one seed gives one stream, however it is cut, and another seed another', () => {
  const whole = Buffer.from(seededRandom('a')(100));
  const cut = seededRandom('a');
  expect(Buffer.concat([cut(1), cut(0), cut(31), cut(68)])).toEqual(whole);
  expect(Buffer.from(seededRandom('b')(100))).not.toEqual(whole);
});
