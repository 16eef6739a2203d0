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

test('a directory of a running process is refused; given back, it is free', () => {
  writeFileSync(pidFile(), '1\n'); // init always runs
  expect(() => lockDirectory(directory)).toThrow(DirectoryInUseError);
  rmSync(pidFile());
  const unlock = lockDirectory(directory);
  expect(readFileSync(pidFile(), 'utf8').trim()).toBe(String(process.pid));
  unlock();
  expect(() => readFileSync(pidFile())).toThrow('ENOENT');
});

test.each(['4194304\n', '', 'nonsense'])(
  'a lock left behind by a dead process is taken over: %j',
  (content) => {
    writeFileSync(pidFile(), content);
    lockDirectory(directory)();
    expect(() => readFileSync(pidFile())).toThrow('ENOENT');
  },
);
