import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sourceHash } from './source-hash.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sources-'));
  mkdirSync(join(root, 'web', 'src'), { recursive: true });
  writeFileSync(join(root, 'web', 'src', 'main.ts'), 'a');
  writeFileSync(join(root, 'lock.json'), '{}');
});
afterEach(() => rmSync(root, { recursive: true }));
const hash = (key = 'key') => sourceHash(root, ['web', 'lock.json'], [key]);

test('a build is made again exactly when something it is made of changed', () => {
  const before = hash();
  expect(hash()).toBe(before);
  writeFileSync(join(root, 'web', 'src', 'main.test.ts'), 'a test');
  expect(hash()).toBe(before);
  writeFileSync(join(root, 'web', 'src', 'other.ts'), '');
  const withOther = hash();
  writeFileSync(join(root, 'lock.json'), '{ }');
  expect(new Set([before, withOther, hash(), hash('another operator')]).size).toBe(4);
});
