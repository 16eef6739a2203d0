import { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { writeTogether } from './write-together.ts';

/** A stream that counts the calls in which it is given chunks. */
function counted() {
  const writes: number[] = [];
  const stream = new Writable({
    write(_chunk, _encoding, done) {
      writes.push(1);
      done();
    },
    writev(chunks, done) {
      writes.push(chunks.length);
      done();
    },
  });
  return { writes, stream };
}

test('what is sent in one turn, and by the answers of that turn, is one write; the next turn has its own', async () => {
  const { writes, stream } = counted();
  const together = writeTogether(stream);
  const send = () => {
    together();
    stream.write('frame');
  };
  send();
  send();
  await Promise.resolve().then(send);
  expect(writes).toEqual([]);
  await nextTurn();
  expect(writes).toEqual([3]);
  send();
  await nextTurn();
  expect(writes).toEqual([3, 1]);
});
