import { DomainError } from '@hexkey/contract';
import { expect, test } from 'vitest';
import { afterRefusal, attemptsOf, lockLeftMs, noAttempts } from './attempt-state.ts';

test('a wrong PIN says how many tries are left and locks nothing', () => {
  const state = afterRefusal(noAttempts, new DomainError('WrongPin', { attemptsLeft: 3 }), 1000);
  expect(state.attemptsLeft).toBe(3);
  expect(lockLeftMs(state, 1000)).toBe(0);
});

test('a lock counts down from the answer and ends by itself', () => {
  const state = afterRefusal(noAttempts, new DomainError('PinLocked', { retryAfterMs: 5000 }), 1000);
  expect(lockLeftMs(state, 1000)).toBe(5000);
  expect(lockLeftMs(state, 5999)).toBe(1);
  expect(lockLeftMs(state, 6000)).toBe(0);
  expect(lockLeftMs(state, 9000)).toBe(0);
});

test('a wrong PIN after a lock is over unlocks the screen as the nodes did', () => {
  const locked = afterRefusal(noAttempts, new DomainError('PinLocked', { retryAfterMs: 5000 }), 1000);
  const state = afterRefusal(locked, new DomainError('WrongPin', { attemptsLeft: 4 }), 7000);
  expect(state).toEqual({ attemptsLeft: 4, lockedUntilMs: null, saidAtMs: 7000 });
});

test('what was kept is shown as it was said, and nothing kept is nothing known', () => {
  const kept = attemptsOf({ attemptsLeft: 0, retryAtMs: 9000, saidAtMs: 1000 });
  expect(lockLeftMs(kept, 4000)).toBe(5000);
  expect(attemptsOf(null)).toEqual(noAttempts);
});

test.each([
  new DomainError('Offline', {}),
  new DomainError('NodesUnavailable', { reachable: 1, needed: 3 }),
  new Error(),
])('what is no answer about the PIN costs no try: %s', (error) =>
  expect(afterRefusal({ attemptsLeft: 4, lockedUntilMs: null, saidAtMs: 0 }, error, 0).attemptsLeft).toBe(4),
);
