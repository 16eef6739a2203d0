import { expect, test } from 'vitest';
import { groupCommit } from './group-commit.ts';

function recording(failAt?: string) {
  const log: string[] = [];
  const statement = (name: string) => ({
    run: () => {
      log.push(name);
      if (name === failAt) throw new Error(`${name} failed`);
    },
  });
  const commits = groupCommit({
    begin: statement('begin'),
    commit: statement('commit'),
    rollback: statement('rollback'),
  });
  return { log, commits };
}

test('writes of one turn share a transaction and resolve after its commit', async () => {
  const { log, commits } = recording();
  const first = commits.add(() => log.push('one')).then(() => log.push('first resolved'));
  const second = commits.add(() => log.push('two')).then(() => log.push('second resolved'));
  await Promise.all([first, second]);
  expect(log).toEqual(['begin', 'one', 'two', 'commit', 'first resolved', 'second resolved']);
  await commits.add(() => 'later');
  expect(log.slice(-2)).toEqual(['begin', 'commit']);
});

test.each(['begin', 'commit'])('when %s fails nobody is told that a write is durable', async (step) => {
  const { log, commits } = recording(step);
  const writes = await Promise.allSettled([commits.add(() => 1), commits.add(() => 2)]);
  expect(writes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(log.at(-1)).toBe('rollback');
});

test('a write that throws takes its group with it', async () => {
  const { log, commits } = recording();
  const writes = await Promise.allSettled([
    commits.add(() => 1),
    commits.add(() => {
      throw new Error('disk full');
    }),
  ]);
  expect(writes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(log).toEqual(['begin', 'rollback']);
});
