import { fixedClock } from '@hexkey/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deviceBudget, sendBudget } from './send-budget.ts';

test('all at once, then as they fill; the time to wait is the truth', () => {
  const clock = fixedClock('2030-01-01');
  const budget = sendBudget(clock, { max: 4, windowMs: 1000 });
  expect([1, 2, 3, 4].map(() => budget.spend())).toEqual([null, null, null, null]);
  expect(budget.spend()).toBe(250);
  clock.advance(249);
  expect(budget.spend()).toBe(1);
  clock.advance(1);
  expect(budget.spend()).toBeNull();
  expect(budget.isFull()).toBe(false);
  clock.advance(1000);
  expect(budget.isFull()).toBe(true);
});

test('messages are counted by number and by bytes, questions by themselves', () => {
  const clock = fixedClock('2030-01-01');
  const windowMs = 1000;
  const budget = deviceBudget(clock, {
    sends: { max: 3, windowMs },
    bytes: { max: 100, windowMs },
    questions: { max: 1, windowMs },
  });
  expect([budget.send(60), budget.send(60)]).toEqual([null, 200]);
  clock.advance(200);
  expect(budget.send(60)).toBeNull();
  expect([budget.ask(), budget.ask()]).toEqual([null, 1000]);
  expect(budget.isFull()).toBe(false);
  clock.advance(1000);
  expect(budget.isFull()).toBe(true);
});

test('in no stretch of time is more granted than the bucket and what flowed in', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400), { maxLength: 60 }), (gaps) => {
      const clock = fixedClock('2030-01-01');
      const limit = { max: 5, windowMs: 1000 };
      const budget = sendBudget(clock, limit);
      const granted: number[] = [];
      for (const gap of gaps) {
        clock.advance(gap);
        if (budget.spend() === null) granted.push(clock.now());
      }
      for (const [first, start] of granted.entries())
        for (const [last, end] of granted.entries())
          if (last >= first)
            expect(last - first).toBeLessThanOrEqual(
              limit.max + ((end - start) * limit.max) / limit.windowMs,
            );
    }),
  );
});
