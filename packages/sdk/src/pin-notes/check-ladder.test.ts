import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterCheck, checkIntervalMs, isCheckDue, ladderFrom } from './check-ladder.ts';

const minute = 60_000;

test('the check comes after 10, 20, 40 … 1280 minutes, then every 24 hours', () => {
  let nowMs = 1_000_000;
  let ladder = ladderFrom(nowMs);
  const waits: number[] = [];
  for (let check = 0; check < 11; check += 1) {
    const waitMs = checkIntervalMs(ladder);
    expect(isCheckDue(ladder, nowMs + waitMs - 1)).toBe(false);
    nowMs += waitMs;
    expect(isCheckDue(ladder, nowMs)).toBe(true);
    ladder = afterCheck(ladder, nowMs);
    waits.push(waitMs / minute);
  }
  expect(waits).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440, 1440]);
});

test('a passed check is never due at once, and no interval is longer than a day', () => {
  const ladder = fc.record({ rung: fc.nat({ max: 40 }), sinceMs: fc.nat() });
  fc.assert(
    fc.property(ladder, fc.nat(), (before, nowMs) => {
      const after = afterCheck(before, nowMs);
      expect(isCheckDue(after, nowMs)).toBe(false);
      expect(isCheckDue(after, nowMs + 24 * 60 * minute)).toBe(true);
    }),
  );
});

test('without a known last check, or with a clock that was set back, the check is due', () => {
  expect(isCheckDue(null, 5)).toBe(true);
  expect(isCheckDue(ladderFrom(1000), 999)).toBe(true);
  expect(afterCheck(null, 5)).toEqual(ladderFrom(5));
});
