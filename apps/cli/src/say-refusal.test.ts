import { DomainError } from '@hexkey/contract';
import { expect, test } from 'vitest';
import { sayRefusal } from './say-refusal.ts';

test('a refusal says what happened, what is left, and its permanent number', () => {
  expect(sayRefusal(new DomainError('WrongPin', { attemptsLeft: 1 }))).toEqual([
    expect.stringMatching(/^Wrong PIN\. 1 try left\./),
    'Code 20119 (WrongPin)',
  ]);
  expect(sayRefusal(new DomainError('WrongCode', { triesLeft: 2 }))[0]).toBe('Wrong code. 2 tries left.');
});

test.each([
  [90_000, '2 min'],
  [7_140_000, '119 min'],
  [86_399_000, '24 h 0 min'],
])('a lock of %i ms is said as %s, never as less', (retryAfterMs, said) => {
  expect(sayRefusal(new DomainError('PinLocked', { retryAfterMs }))[0]).toContain(`locked for ${said}.`);
});

test('every way a key file can fail says what to do', () => {
  const problems = ['quota', 'blocked', 'exposed', 'in-use', 'damaged'] as const;
  const said = problems.map((problem) => sayRefusal(new DomainError('StorageUnavailable', { problem }))[0]);
  expect(new Set(said).size).toBe(problems.length);
});
