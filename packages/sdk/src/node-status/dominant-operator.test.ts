import { expect, test } from 'vitest';
import { dominantOperator } from './dominant-operator.ts';

const nodesOf = (...operators: string[]) => operators.map((operator) => ({ operator }));

test('an operator is named who runs as many nodes as open a PIN, and nobody below that', () => {
  expect(dominantOperator(nodesOf('a', 'a', 'a', 'a', 'a'), 3)).toBe('a');
  expect(dominantOperator(nodesOf('b', 'a', 'c', 'a', 'a'), 3)).toBe('a');
  expect(dominantOperator(nodesOf('a', 'a', 'b', 'b', 'c'), 3)).toBe(null);
});
