import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DirectoryInUseError, lockDirectory } from './directory-lock.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'hexkey-lock-'));
});
afterEach(() => rmSync(directory, { recursive: true }));
const pidFile = () => join(directory, 'api.pid');

test('a directory of a running process is refused; given back, it is free', async () => {
  const source = `import { lockDirectory } from ${JSON.stringify(new URL('directory-lock.ts', import.meta.url))};
    lockDirectory(process.argv[1]); console.log('locked'); process.stdin.resume();`;
  const flags = ['--import', 'tsx', '--input-type=module', '-e', source, directory];
  const holder = spawn(process.execPath, flags, { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  expect(() => lockDirectory(directory)).toThrow(DirectoryInUseError);
  expect(() => lockDirectory(directory)).toThrow(`process ${holder.pid}`);
  const ended = once(holder, 'exit');
  holder.kill('SIGKILL');
  await ended;
  const unlock = lockDirectory(directory);
  expect(readFileSync(pidFile(), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
  unlock();
  expect(() => readFileSync(pidFile())).toThrow('ENOENT');
});

test('another process that got the number of a dead one does not hold its directory', () => {
  for (const content of ['1\n', '1 an earlier process\n', `${process.pid} an earlier process\n`]) {
    writeFileSync(pidFile(), content); // 1 always runs
    lockDirectory(directory)();
  }
});

test.each(['4194304 gone\n', '', 'nonsense'])(
  'a lock left behind by a dead process is taken over: %j',
  (content) => {
    writeFileSync(pidFile(), content);
    lockDirectory(directory)();
    expect(() => readFileSync(pidFile())).toThrow('ENOENT');
  },
);
