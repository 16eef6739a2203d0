import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { searchPuzzle, solvesPuzzle } from './proof-of-work.ts';

const puzzle = { challenge: new Uint8Array(32).fill(1), loginKey: new Uint8Array(32).fill(2), bits: 10 };
const uint32 = (value: number) => [0, 0, 0, value];
const hashOf = (counter: Uint8Array) =>
  createHash('sha256')
    .update(Uint8Array.from([...uint32(12), ...Buffer.from('hexkey/1 pow')]))
    .update(Uint8Array.from([...uint32(32), ...puzzle.challenge, ...uint32(32), ...puzzle.loginKey]))
    .update(counter)
    .digest();

test('the counter found is the first whose hash starts with the demanded zero bits', () => {
  const search = searchPuzzle(puzzle);
  let step = search.next();
  while (!step.done) step = search.next();
  const counter = step.value;
  expect(solvesPuzzle(puzzle, counter)).toBe(true);
  expect(hashOf(counter).readUInt16BE() >> 6).toBe(0);
  for (let earlier = 0; earlier < Number(Buffer.from(counter).readBigUInt64BE()); earlier += 1) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(earlier));
    expect(hashOf(bytes).readUInt16BE() >> 6).not.toBe(0);
  }
});

test('a counter solves exactly the puzzles of at most its own zero bits', () => {
  for (let value = 0; value < 200; value += 1) {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(value));
    const zeros = Math.clz32(hashOf(counter).readUInt32BE());
    expect(solvesPuzzle({ ...puzzle, bits: zeros }, counter)).toBe(true);
    expect(solvesPuzzle({ ...puzzle, bits: zeros + 1 }, counter)).toBe(false);
  }
});

test('a counter of another puzzle or of another length does not count', () => {
  const search = searchPuzzle({ ...puzzle, bits: 0 });
  const first = search.next().value as Uint8Array;
  expect(solvesPuzzle({ ...puzzle, bits: 0 }, first)).toBe(true);
  expect(solvesPuzzle({ ...puzzle, bits: 32 }, first)).toBe(false);
  expect(solvesPuzzle({ ...puzzle, bits: 0 }, new Uint8Array(7))).toBe(false);
});

test('a search pauses after each step and can be ended there', () => {
  const search = searchPuzzle({ ...puzzle, bits: 256 }, 16);
  expect(search.next()).toEqual({ done: false, value: 16 });
  expect(search.next()).toEqual({ done: false, value: 32 });
  expect(search.return(new Uint8Array(0)).done).toBe(true);
  expect(search.next().done).toBe(true);
});
