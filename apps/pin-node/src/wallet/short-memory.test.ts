import { expect, test } from 'vitest';
import { shortMemory } from './short-memory.ts';

function aMemory() {
  const dropped: string[] = [];
  const memory = shortMemory<string>({
    keptMs: 100,
    perAccount: 2,
    inAll: 3,
    onDrop: (value) => dropped.push(value),
  });
  return { memory, dropped };
}

test('what is in memory is gone after its time, and whoever erases secrets is told', () => {
  const { memory, dropped } = aMemory();
  expect(memory.put('alice', 'one', 'secret', 0)).toBe(null);
  expect(memory.find('alice', 'one', 99)).toBe('secret');
  expect(memory.find('bob', 'one', 99)).toBe(undefined);
  expect(memory.find('alice', 'one', 100)).toBe(undefined);
  expect(dropped).toEqual(['secret']);
});

test('an account pushes out its own oldest and nobody else, also when all are full', () => {
  const { memory, dropped } = aMemory();
  for (const name of ['a', 'b', 'c']) memory.put('alice', name, name, 0);
  expect(dropped).toEqual(['a']);
  memory.put('bob', 'd', 'd', 50);
  expect(memory.put('carol', 'e', 'e', 60)).toBe(160);
  expect(memory.find('alice', 'b', 60)).toBe('b');
  expect(memory.put('bob', 'f', 'f', 60)).toBe(null);
  expect(memory.find('bob', 'd', 60)).toBe(undefined);
  // Time makes room for everybody.
  expect(memory.put('carol', 'e', 'e', 100)).toBe(null);
  memory.forget('carol', 'e');
  expect(memory.find('carol', 'e', 100)).toBe(undefined);
  expect(dropped).toEqual(['a', 'e', 'd', 'b', 'c', 'e']);
});
