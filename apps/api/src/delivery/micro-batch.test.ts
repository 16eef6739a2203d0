import fc from 'fast-check';
import { expect, test } from 'vitest';
import { microBatch } from './micro-batch.ts';

test('what comes while a batch is under way goes together into the next one, in its order, up to the limit', async () => {
  const batches: number[][] = [];
  let finish: () => void = () => undefined;
  const submit = microBatch<number, number>((items) => {
    batches.push([...items]);
    return new Promise((resolve) => {
      finish = () => resolve(items.map((item) => item * 2));
    });
  }, 3);
  const answers = Promise.all([1, 2, 3, 4].map(submit));
  await new Promise(setImmediate);
  expect(batches).toEqual([[1, 2, 3]]);
  const late = submit(5);
  finish();
  await new Promise(setImmediate);
  expect(batches).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
  finish();
  expect(await answers).toEqual([2, 4, 6, 8]);
  expect(await late).toBe(10);
});

test('one bad item does not fail the others, and every item gets its own answer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 30 }), async (items) => {
      const submit = microBatch<number, string>(async (batch) => {
        if (batch.some((item) => item < 0)) throw new RangeError('negative');
        return batch.map(String);
      }, 7);
      const settled = await Promise.allSettled(items.map(submit));
      expect(settled.map((each) => (each.status === 'fulfilled' ? each.value : 'failed'))).toEqual(
        items.map((item) => (item < 0 ? 'failed' : String(item))),
      );
    }),
    { numRuns: 50 },
  );
});
