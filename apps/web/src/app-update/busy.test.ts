import { expect, test } from 'vitest';
import { createBusy } from './busy.ts';

test('what is held twice is over when both are, and ending one of them twice ends no other', () => {
  const busy = createBusy();
  let told = 0;
  busy.subscribe(() => {
    told += 1;
  });
  const endFirst = busy.hold('payment');
  const endSecond = busy.hold('payment');
  const endPin = busy.hold('pin');
  endFirst();
  endFirst();
  expect(busy.get()).toEqual(['payment', 'pin']);
  endSecond();
  expect(busy.get()).toEqual(['pin']);
  endPin();
  expect(busy.get()).toEqual([]);
  expect(told).toBe(6);
});
