import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backUp } from './backup.ts';
import { lockDataFolder } from './data-folder/lock-data-folder.ts';

let folder = '';
const data = () => join(folder, 'data');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backup-'));
  mkdirSync(join(data(), 'node-1'), { recursive: true });
  mkdirSync(join(data(), 'web'));
  writeFileSync(join(data(), 'node-set.json'), '{}');
  writeFileSync(join(data(), 'node-1', 'keys.json'), 'keys');
  writeFileSync(join(data(), 'node-1', 'run-witness.json'), '{"ticks":7}');
  writeFileSync(join(data(), 'web', 'index.html'), 'built');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a backup holds all keys and databases, and nothing a start makes again', () => {
  const target = join(folder, 'copy');
  backUp(data(), target);
  expect(readFileSync(join(target, 'node-1', 'keys.json'), 'utf8')).toBe('keys');
  expect(['web', 'supervisor.lock'].filter((name) => existsSync(join(target, name)))).toEqual([]);
  expect(existsSync(`${target}.unfinished`)).toBe(false);
});

test('a backup has no witness of a node: without it the node knows that its database is a copy', () => {
  backUp(data(), join(folder, 'copy'));
  expect(existsSync(join(folder, 'copy', 'node-1', 'run-witness.json'))).toBe(false);
  expect(existsSync(join(data(), 'node-1', 'run-witness.json'))).toBe(true);
});

test('nothing is copied while Hexkey runs: its databases would be of different moments', () => {
  const unlock = lockDataFolder(data());
  expect(() => backUp(data(), join(folder, 'copy'))).toThrow('in use by another Hexkey');
  unlock();
  expect(existsSync(join(folder, 'copy'))).toBe(false);
});

test('a target that holds something, or lies inside the data, is refused', () => {
  mkdirSync(join(folder, 'copy'));
  writeFileSync(join(folder, 'copy', 'mine'), '');
  expect(() => backUp(data(), join(folder, 'copy'))).toThrow('not empty');
  expect(() => backUp(data(), join(data(), 'copy'))).toThrow('outside');
  expect(() => backUp(folder, join(folder, 'other'))).toThrow('no installation');
});
