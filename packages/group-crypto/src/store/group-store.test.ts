import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groupStoreRules, type OpenStore } from '../testing/group-store-rules.ts';
import { memoryGroupStore } from './memory-group-store.ts';
import { sqliteGroupStore } from './sqlite-group-store.ts';

let folder = '';
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hexkey-groups-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function inMemory(): OpenStore {
  const store = memoryGroupStore();
  return async () => store;
}

function inFile(): OpenStore {
  files += 1;
  const path = join(folder, `groups-${files}.sqlite`);
  return async () => sqliteGroupStore(path);
}

// IndexedDB follows the same rules in a real browser: chromium.test.ts.
describe.each([
  ['memory', inMemory],
  ['SQLite', inFile],
])('the group store in %s', (_, anEmptyOne) => {
  test.each(Object.entries(groupStoreRules))('%s', async (_name, check) => {
    await expect(check(anEmptyOne())).resolves.toBe(undefined);
  });
});

test('the file of a device is its owner’s alone, the log beside it too', async () => {
  const store = await inFile()();
  await store.write([{ table: 'groups', key: 'a', value: Uint8Array.of(1) }]);
  const path = join(folder, `groups-${files}.sqlite`);
  for (const ending of ['', '-wal']) expect(statSync(path + ending).mode & 0o777).toBe(0o600);
  await store.close();
});
