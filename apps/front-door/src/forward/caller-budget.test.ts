import { expect, test } from 'vitest';
import { callerBudget } from './caller-budget.ts';

const terms = { most: 10, perSecond: 2, sockets: 2 };

test('a caller that has used up its tokens waits for as many as it wants, and others do not', () => {
  let nowMs = 0;
  const budget = callerBudget(terms, () => nowMs);
  for (let taken = 0; taken < 10; taken += 1) expect(budget.take('192.0.2.1', 1)).toBe(0);
  expect(budget.take('192.0.2.1', 1)).toBe(500);
  expect(budget.take('192.0.2.1', 4)).toBe(2000);
  expect(budget.take('192.0.2.2', 10)).toBe(0);
  nowMs = 500;
  expect(budget.take('192.0.2.1', 1)).toBe(0);
  expect(budget.take('192.0.2.1', 1)).toBe(500);
  nowMs = 3_600_000;
  expect(budget.take('192.0.2.1', 10)).toBe(0);
  expect(budget.take('192.0.2.1', 1)).toBe(500);
});

test('all addresses of one IPv6 network are one caller', () => {
  const budget = callerBudget(terms, () => 0);
  expect(budget.take('2001:db8::1', 10)).toBe(0);
  expect(budget.take('2001:db8:0:0:ffff::2', 1)).toBe(500);
  expect(budget.take('2001:db8:0:1::1', 1)).toBe(0);
});

test('a caller has so many connections at once, and one more when one is over, however often that is said', () => {
  const budget = callerBudget(terms, () => 0);
  const [first, second] = [budget.openSocket('192.0.2.1'), budget.openSocket('192.0.2.1')];
  expect(second).not.toBeNull();
  expect(budget.openSocket('192.0.2.1')).toBeNull();
  expect(budget.openSocket('192.0.2.2')).not.toBeNull();
  first?.();
  first?.();
  expect(budget.openSocket('192.0.2.1')).not.toBeNull();
  expect(budget.openSocket('192.0.2.1')).toBeNull();
});
