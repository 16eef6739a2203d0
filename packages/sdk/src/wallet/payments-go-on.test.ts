import { expect, test } from 'vitest';
import { firstTryMs, lastTryMs, paymentsGoOn } from './payments-go-on.ts';

function payments(open: number) {
  const waits: number[] = [];
  let left = open;
  const goOn = paymentsGoOn({
    hasOpen: async () => left > 0,
    resume: async () => {
      left -= 1;
    },
    later: async (milliseconds) => void waits.push(milliseconds),
  });
  return { goOn, waits, reopen: () => (left = 1) };
}

test('an open payment is tried again until its end is known, each time later, and never more seldom than twice a minute', async () => {
  const { goOn, waits } = payments(7);
  await goOn();
  expect(waits).toEqual([firstTryMs, 4000, 8000, 16_000, lastTryMs, lastTryMs, lastTryMs]);
});

test('without an open payment nothing is waited for, and one that is begun later is found', async () => {
  const { goOn, waits, reopen } = payments(0);
  await goOn();
  expect(waits).toEqual([]);
  reopen();
  await goOn();
  expect(waits).toEqual([firstTryMs]);
});

test('however often it is called, one payment is tried by one loop', async () => {
  const { goOn, waits } = payments(2);
  await Promise.all([goOn(), goOn(), goOn()]);
  expect(waits).toEqual([firstTryMs, 4000]);
});
