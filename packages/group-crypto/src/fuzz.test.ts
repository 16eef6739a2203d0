import { expect, test } from 'vitest';
import { randomGroup } from './testing/random-group.ts';

const seeds = [1, 2, 3, 4];
const operationsEach = 260;

test.each(seeds)(
  'random operations, seed %i: every member agrees, reads what was said to it once, and nobody else does',
  async (seed) => {
    const group = await randomGroup(seed);
    for (let done = 1; done <= operationsEach; done += 1) {
      await group.operation();
      if (done % 65 === 0) await group.agree();
    }
    expect(group.gone.length).toBeGreaterThan(5);
  },
  600_000,
);
