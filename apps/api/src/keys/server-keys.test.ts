import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { seededRandom } from '@hexkey/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { initServerKeys, KeyFileError, publicTokenKey, readServerKeys } from './server-keys.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'hexkey-keys-'));
});
afterEach(() => rmSync(directory, { recursive: true }));
const path = () => join(directory, 'api-keys.json');

test('keys are made once, for their owner alone to read, and the same ever after', () => {
  const random = seededRandom('keys');
  const first = publicTokenKey(initServerKeys(directory, random));
  expect(first).toMatchObject({ tenant: 'hexkey', tokenKeyVersion: 1 });
  expect(statSync(path()).mode & 0o777).toBe(0o600);
  expect(publicTokenKey(initServerKeys(directory, random))).toEqual(first);
  expect(publicTokenKey(readServerKeys(directory))).toEqual(first);
});

test('a key that a newer version needs is added to the file, and the others stay', () => {
  const random = seededRandom('keys');
  const first = publicTokenKey(initServerKeys(directory, random));
  const { teamSeed, ...older } = JSON.parse(readFileSync(path(), 'utf8'));
  writeFileSync(path(), JSON.stringify(older));
  const second = publicTokenKey(initServerKeys(directory, random));
  expect(second.tokenPublicKey).toBe(first.tokenPublicKey);
  expect(second.teamKey).toMatch(/^[0-9a-f]{64}$/);
  expect(second.teamKey).not.toBe(first.teamKey);
  expect(publicTokenKey(initServerKeys(directory, random))).toEqual(second);
  expect(JSON.parse(readFileSync(path(), 'utf8')).teamSeed).not.toBe(teamSeed);
});

test('a start that was cut off while it wrote the keys is begun again', () => {
  writeFileSync(`${path()}.new`, '{"tokenSeed":"A');
  const first = publicTokenKey(initServerKeys(directory, seededRandom('keys')));
  expect(publicTokenKey(readServerKeys(directory))).toEqual(first);
  expect(existsSync(`${path()}.new`)).toBe(false);
});

test('keys print as [redacted], and a broken file is refused without quoting it', () => {
  const keys = initServerKeys(directory, seededRandom('keys'));
  const { tokenSeed, ...rest } = JSON.parse(readFileSync(path(), 'utf8'));
  expect(inspect(keys)).not.toContain(tokenSeed);
  writeFileSync(path(), JSON.stringify(rest));
  expect(() => readServerKeys(directory)).toThrow('no key "tokenSeed"');
  writeFileSync(path(), tokenSeed);
  expect(() => readServerKeys(directory)).toThrow(new KeyFileError(`${path()} is not JSON`));
  rmSync(path());
  expect(() => readServerKeys(directory)).toThrow('run init first');
});
