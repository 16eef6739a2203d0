import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countdownOf, wholeMinutes } from './countdown.ts';

test.each([
  [-5, 0, '0:00'],
  [0, 0, '0:00'],
  [1, 0, '0:01'],
  [60_000, 0, '1:00'],
  [3_599_001, 0, '1:00:00'],
  [86_399_000, 0, '23:59:59'],
  [7 * 86_400_000, 7, '0:00:00'],
])('%d ms reads %d days and %s', (leftMs, days, clock) => {
  expect(countdownOf(leftMs)).toEqual({ days, clock });
});

test('a countdown never reads shorter than the wait, nor longer by a second', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 * 86_400_000 }), (leftMs) => {
      const { days, clock } = countdownOf(leftMs);
      const shown = days * 86_400 + clock.split(':').reduce((total, part) => total * 60 + Number(part), 0);
      expect(shown * 1000).toBeGreaterThanOrEqual(leftMs);
      expect(shown * 1000 - leftMs).toBeLessThan(1000);
    }),
  );
});

test('a voice hears minutes, rounded up, and none when the wait is over', () => {
  expect([0, 1, 60_000, 60_001].map(wholeMinutes)).toEqual([0, 60_000, 60_000, 120_000]);
});
