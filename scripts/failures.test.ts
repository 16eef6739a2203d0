import fc from 'fast-check';
import { expect, test } from 'vitest';
import { failureLines } from './failures.mjs';

test('a failure is said with the beginning of its message, without colours', () => {
  const failures = [
    { name: 'a.test.ts a rule', message: 'expected \u001b[31m1\u001b[39m to be 2\r\n    at a.test.ts:3:1\n' },
    { name: 'b.test.ts', message: '' },
  ];
  expect(failureLines('unit', failures)).toEqual([
    'failed in unit: a.test.ts a rule',
    '  | expected 1 to be 2',
    '  |     at a.test.ts:3:1',
    'failed in unit: b.test.ts',
  ]);
});

test('of a long message 25 lines of 300 columns are said', () => {
  const message = Array.from({ length: 40 }, (_, line) => `${line}`.padEnd(400, '.')).join('\n');
  const lines = failureLines('unit', [{ name: 'a', message }]).slice(1);
  expect(lines.map((line) => line.length)).toEqual(Array(25).fill(4 + 300));
  expect(lines.at(-1)).toMatch(/^ {2}\| 24\./);
});

test('what a property failed by can be replayed from what is said', () => {
  const isSmall = fc.property(fc.nat(), (n) => n < 5);
  let message = '';
  try {
    fc.assert(isSmall, { seed: 7 });
  } catch (error) {
    message = String(error);
  }
  const said = failureLines('unit', [{ name: 'a', message }]).join('\n');
  expect(said).toContain('Counterexample: [5]');
  const path = said.match(/seed: 7, path: "([\d:]+)"/)?.[1] ?? expect.fail('no path is said');
  expect(() => fc.assert(isSmall, { seed: 7, path })).toThrow('Counterexample: [5]');
});
