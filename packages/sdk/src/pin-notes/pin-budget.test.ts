import { DomainError } from '@hexkey/contract';
import { expect, test } from 'vitest';
import { budgetAt, budgetOfRefusal, type KeptBudget } from './pin-budget.ts';

const open: KeptBudget = { attemptsLeft: 3, retryAtMs: null, saidAtMs: 1000, sessionId: 'a' };
const locked: KeptBudget = { attemptsLeft: 0, retryAtMs: 6000, saidAtMs: 1000, sessionId: 'a' };

test('a wrong PIN says what is left; a lock says until when', () => {
  expect(budgetOfRefusal(new DomainError('WrongPin', { attemptsLeft: 3 }), 1000)).toEqual({
    attemptsLeft: 3,
    retryAtMs: null,
    saidAtMs: 1000,
  });
  expect(budgetOfRefusal(new DomainError('PinLocked', { retryAfterMs: 5000 }), 1000)).toEqual({
    attemptsLeft: 0,
    retryAtMs: 6000,
    saidAtMs: 1000,
  });
});

test.each([
  new DomainError('Offline', {}),
  new DomainError('NodesUnavailable', { reachable: 1, needed: 3 }),
  new Error('a bug'),
])('what is no answer about the PIN says nothing about the budget: %s', (error) => {
  expect(budgetOfRefusal(error, 1000)).toBe(null);
});

test('a budget is known until its lock is over, and only in the login it was said to', () => {
  expect(budgetAt(open, 'a', 90_000)).toMatchObject({ attemptsLeft: 3, saidAtMs: 1000 });
  expect(budgetAt(locked, 'a', 5999)).toMatchObject({ attemptsLeft: 0, retryAtMs: 6000 });
  expect(budgetAt(locked, 'a', 6000)).toBe(null);
  expect(budgetAt(open, 'b', 2000)).toBe(null);
  expect(budgetAt(null, 'a', 2000)).toBe(null);
});

test('a clock that was set back makes a budget unknown, so that no lock grows', () => {
  expect(budgetAt(locked, 'a', 999)).toBe(null);
});
