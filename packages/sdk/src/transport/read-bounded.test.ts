import { MalformedError } from '@hexkey/protocol';
import { expect, test } from 'vitest';
import { readBounded } from './read-bounded.ts';

/** An answer that comes in pieces and says when it is no longer read. */
function answerOf(pieces: Iterator<Uint8Array<ArrayBuffer>>): {
  response: Response;
  wasCancelled(): boolean;
} {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const { value, done } = pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel() {
      cancelled = true;
    },
  });
  return { response: new Response(body), wasCancelled: () => cancelled };
}

test('an answer of up to the bound is read whole, in how many pieces it comes', async () => {
  const { response } = answerOf([Uint8Array.of(1, 2), Uint8Array.of(), Uint8Array.of(3, 4)].values());
  expect(await readBounded(response, 4)).toEqual(Uint8Array.of(1, 2, 3, 4));
  expect(await readBounded(new Response(null), 4)).toEqual(new Uint8Array());
});

test('an endless answer is given up at the bound', async () => {
  const endless = (function* () {
    for (;;) yield new Uint8Array(1024);
  })();
  const { response, wasCancelled } = answerOf(endless);
  await expect(readBounded(response, 4096)).rejects.toThrow(MalformedError);
  expect(wasCancelled()).toBe(true);
});
