import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StartError } from '../start-error.ts';
import { lockDataFolder } from './lock-data-folder.ts';
import { openDataFolder } from './open-data-folder.ts';
import { processIdentity } from './process-identity.ts';

let folder = '';
const lock = () => join(folder, 'supervisor.lock');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a data directory has one holder at a time', () => {
  const unlock = lockDataFolder(folder);
  expect(() => lockDataFolder(folder)).toThrow(
    new RegExp(`in use by another Hexkey .process ${process.pid}.`),
  );
  unlock();
  expect(existsSync(lock())).toBe(false);
  lockDataFolder(folder)();
});

test('a holder that died without letting go does not block the next start', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'close');
  writeFileSync(lock(), JSON.stringify({ pid: child.pid, identity: 'gone' }));
  lockDataFolder(folder)();
});

test('another process that got the number of a dead holder is not the holder', () => {
  writeFileSync(lock(), JSON.stringify({ pid: process.pid, identity: 'an earlier process' }));
  lockDataFolder(folder)();
});

test('a lock that a power cut left unfinished is nobody’s', () => {
  writeFileSync(lock(), '{"pid":');
  lockDataFolder(folder)();
});

test('a running process keeps its identity, a missing one has none', () => {
  expect(processIdentity(process.pid)).toBe(processIdentity(process.pid));
  expect(processIdentity(process.pid)).not.toBe(processIdentity(process.ppid));
  expect(processIdentity(2 ** 30)).toBeNull();
});

test('a new data directory is for its owner only', () => {
  const inner = join(folder, 'a', 'b');
  openDataFolder(inner);
  expect(statSync(inner).mode & 0o777).toBe(0o700);
});

test('a directory that cannot be made is one line that says what to set', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => openDataFolder(join(folder, 'file', 'data'))).toThrow(StartError);
  expect(() => openDataFolder(join(folder, 'file', 'data'))).toThrow(/^Cannot write to .+HEXKEY_DATA_DIR.+$/);
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('');
});
