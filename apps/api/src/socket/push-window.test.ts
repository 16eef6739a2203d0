import type { EnvelopePush } from '@hexkey/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Push, pushWindow } from './push-window.ts';

const envelope = (number: number): EnvelopePush => ({
  type: 'envelope',
  envelopeId: String(number),
  groupId: 'g',
  kind: 'message',
  epoch: 1,
  senderAccount: null,
  senderDevice: null,
  clientMessageId: null,
  sentAtMs: number,
  body: new Uint8Array(0),
});
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A window over a queue in memory, whose reads end when the test says so. */
function world() {
  const queue: EnvelopePush[] = [];
  const pushed: number[] = [];
  const inFlight = new Set<string>();
  const reads: (() => void)[] = [];
  let buffered = 0;
  let mostInFlight = 0;
  const window = pushWindow({
    send(push: Push) {
      pushed.push(Number(push.envelopeId));
      inFlight.add(push.envelopeId);
      mostInFlight = Math.max(mostInFlight, inFlight.size);
    },
    bufferedBytes: () => buffered,
    read: (without, limit) => {
      const found = queue.filter(({ envelopeId }) => !without.includes(envelopeId)).slice(0, limit);
      return new Promise((resolve) => reads.push(() => resolve(found)));
    },
    onError: (error) => {
      throw error;
    },
  });
  return {
    queue,
    pushed,
    inFlight,
    reads,
    window,
    most: () => mostInFlight,
    buffer: (bytes: number) => {
      buffered = bytes;
    },
    ack(id: string) {
      const index = queue.findIndex(({ envelopeId }) => envelopeId === id);
      if (index >= 0) queue.splice(index, 1);
      inFlight.delete(id);
      window.acked([id]);
    },
  };
}

test('whatever is queued, offered, read late and acked in any order: everything is pushed, in order, at most a hundred in flight', async () => {
  const act = fc.constantFrom('offer', 'queue', 'read', 'ack', 'ack', 'many', 'ask' as const);
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 150 }), async (acts) => {
      const { queue, pushed, inFlight, reads, window, most, ack } = world();
      let last = 0;
      let [asked, answered] = [0, 0];
      /** Whoever asks is answered when nothing is left of what was queued before. */
      const ask = async () => {
        const before = last;
        asked += 1;
        await window.caughtUp();
        answered += 1;
        expect(queue.filter(({ sentAtMs }) => sentAtMs < before)).toEqual([]);
      };
      const add = () => {
        const push = envelope(last++);
        queue.push(push);
        return push;
      };
      const asking: Promise<void>[] = [];
      for (const next of acts) {
        // An envelope of another process, or of a request over HTTP: the window is told to look.
        if (next === 'queue') {
          add();
          window.look();
        } else if (next === 'many') for (let count = 0; count < 30; count += 1) window.offer(add());
        else if (next === 'offer') window.offer(add());
        else if (next === 'ask') asking.push(ask());
        else if (next === 'read') reads.shift()?.();
        else {
          const [id] = inFlight;
          if (id !== undefined) ack(id);
        }
        await turn();
      }
      while (reads.length > 0 || inFlight.size > 0) {
        reads.shift()?.();
        await turn();
        for (const id of [...inFlight]) ack(id);
        await turn();
      }
      expect(pushed).toEqual([...Array(last).keys()]);
      expect(queue).toEqual([]);
      await Promise.all(asking);
      expect(answered).toBe(asked);
      expect(most()).toBeLessThanOrEqual(100);
    }),
    { numRuns: 60 },
  );
});

test('who asks whether that was all is answered though more is queued and pushed meanwhile', async () => {
  const { queue, window, ack, reads } = world();
  queue.push(envelope(0));
  let isAnswered = false;
  const answer = window.caughtUp().then(() => {
    isAnswered = true;
  });
  reads.shift()?.();
  await turn();
  queue.push(envelope(1));
  window.offer(envelope(1));
  await turn();
  expect(isAnswered).toBe(false);
  ack('0');
  await answer;
  expect(queue.map(({ sentAtMs }) => sentAtMs)).toEqual([1]);
});

test('a device that does not read its socket gets no more until it does', async () => {
  const { queue, pushed, window, buffer, ack, reads } = world();
  for (const number of [0, 1, 2]) queue.push(envelope(number));
  window.offer(envelope(0));
  buffer(1_048_577);
  window.offer(envelope(1));
  window.offer(envelope(2));
  expect(pushed).toEqual([0]);
  buffer(0);
  ack('0');
  reads.shift()?.();
  await turn();
  expect(pushed).toEqual([0, 1, 2]);
});
