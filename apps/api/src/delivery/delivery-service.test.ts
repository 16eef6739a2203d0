import { fixedClock, seededRandom } from '@hexkey/testing';
import { expect, test } from 'vitest';
import type { Transact } from '../database/transact.ts';
import { deliveryService } from './delivery-service.ts';

test('it is idle when every batch that was asked for is over, whatever came of it: then the database may be closed', async () => {
  const batches: { end: () => void; fail: (error: Error) => void }[] = [];
  // A database that answers when it is told to, with a batch in which nothing happened.
  const transact = (() =>
    new Promise<unknown>((resolve, reject) => {
      const news = { outgoing: [], progress: [], delivered: [] };
      batches.push({ end: () => resolve({ verdicts: [], news }), fail: reject });
    })) as Transact;
  const service = deliveryService(
    { clock: fixedClock('2030-01-01'), random: seededRandom('idle'), transact },
    () => undefined,
  );
  await service.idle();

  const acks = [service.ack('one', ['a']), service.ack('two', ['b'])];
  let isIdle = false;
  const idle = service.idle().then(() => {
    isIdle = true;
  });
  await expect.poll(() => batches.length).toBe(1);
  // Both were in the batch that fails; then each runs alone.
  batches[0]?.fail(new Error('gone'));
  await expect.poll(() => batches.length).toBe(2);
  batches[1]?.end();
  await acks[0];
  expect(isIdle).toBe(false);
  await expect.poll(() => batches.length).toBe(3);
  batches[2]?.fail(new Error('gone'));
  await expect(acks[1]).rejects.toThrow('gone');
  await idle;
});
