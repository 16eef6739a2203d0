import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StartError } from '../start-error.ts';
import { lockDataFolder } from './lock-data-folder.ts';
import { openDataFolder } from './open-data-folder.ts';

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
