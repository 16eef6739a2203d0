import { expect, test } from 'vitest';
import { workEach } from './work-each.ts';

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
};

test('whoever asks for a round, at whatever turn of the one that runs, gets one that begins after', async () => {
  for (let late = 0; late < 24; late += 1) {
    const begun: number[] = [];
    let asked = 0;
    const each = workEach(
      async () => {
        begun.push(asked);
        await turns(4);
        return false;
      },
      (error) => expect.unreachable(String(error)),
    );
    each.start('one');
    await turns(late);
    asked = 1;
    each.start('one');
    await each.idle();
    expect(begun.at(-1), `asked after ${late} turns`).toBe(1);
  }
});

test('a round that fails is told of, and the next one begins all the same', async () => {
  const failures: unknown[] = [];
  let rounds = 0;
  const each = workEach(
    async () => {
      rounds += 1;
      if (rounds === 1) throw new Error('once');
      return rounds < 4;
    },
    (error) => failures.push(error),
  );
  each.start('one');
  await each.idle();
  each.start('one');
  await each.idle();
  expect(rounds).toBe(4);
  expect(failures).toEqual([new Error('once')]);
});

test('one waits for its own rounds only', async () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const done: string[] = [];
  const each = workEach(
    async (id: string) => {
      if (id === 'slow') await opened;
      done.push(id);
      return false;
    },
    (error) => expect.unreachable(String(error)),
  );
  each.start('slow');
  each.start('quick');
  await turns(8);
  expect(done).toEqual(['quick']);
  open();
  await each.idle();
  expect(done).toEqual(['quick', 'slow']);
});
