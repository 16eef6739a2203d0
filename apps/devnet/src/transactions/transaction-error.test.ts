import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { describeError, instructionErrors, transactionErrors } from './transaction-error.ts';

// Enumerations that exist for the compiler only: no code of ours can read them.
const declarations = readFileSync(
  createRequire(import.meta.url)
    .resolve('litesvm/dist/internal.js')
    .replace(/js$/, 'd.ts'),
  'utf8',
);

test.each([
  ['TransactionErrorFieldless', transactionErrors],
  ['InstructionErrorFieldless', instructionErrors],
])('names of %s are in the order in which litesvm numbers them', (name, names) => {
  const [, body = ''] = new RegExp(`enum ${name} \\{([^}]+)\\}`).exec(declarations) ?? [];
  const members = [...body.matchAll(/(\w+) = (\d+)/g)].map(([, member, number]) => [Number(number), member]);
  expect(members).toEqual([...names.entries()]);
});

test('errors are described in the words that clients look for', () => {
  expect(describeError({ InstructionError: [2, { Custom: 17 }] })).toBe(
    'Error processing Instruction 2: custom program error: 0x11',
  );
  expect(describeError({ InstructionError: [0, 'InvalidArgument'] })).toBe(
    'Error processing Instruction 0: InvalidArgument',
  );
  expect(describeError('BlockhashNotFound')).toBe('Blockhash not found');
  expect(describeError({ InsufficientFundsForRent: { account_index: 1 } })).toBe(
    'InsufficientFundsForRent {"account_index":1}',
  );
});
