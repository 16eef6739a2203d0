import { afterEach, expect, test, vi } from 'vitest';
import { untilAborted } from './until-aborted.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('Hexkey runs on after a month, and ends when it is told to', async () => {
  vi.useFakeTimers();
  const stop = new AbortController();
  let ended = false;
  const end = untilAborted(stop.signal).then(() => {
    ended = true;
  });
  await vi.advanceTimersByTimeAsync(60 * 24 * 3_600_000);
  expect(ended).toBe(false);
  expect(vi.getTimerCount()).toBe(1); // it holds the process
  stop.abort();
  await end;
  expect(vi.getTimerCount()).toBe(0);
});

test('a signal that has fired already is not waited for', async () => {
  await expect(untilAborted(AbortSignal.abort())).resolves.toBe(undefined);
});
