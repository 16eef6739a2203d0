import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { toBase64url } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readNodeConfig } from './config.ts';
import { StartRefusal } from './start-refusal.ts';
import { nodeEnvironments } from './testing/node-environments.ts';
import { specifiedLimits } from './testing/node-network.ts';

let folder: string;
let env: Record<string, string>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hexkey-config-'));
  env = nodeEnvironments(folder, seededRandom('config'))[1] ?? {};
});
afterAll(() => rmSync(folder, { recursive: true }));

test('limits, name and tenant come from the signed node set, the path from the address', () => {
  expect(readNodeConfig(env).settings).toMatchObject({
    host: '127.0.0.1',
    port: 0,
    name: 'Node 2',
    pathPrefix: '/nodes/2/',
    limits: specifiedLimits,
    tenants: [{ tenant: 'hexkey', version: 1 }],
  });
  expect(
    readNodeConfig({ ...env, HEXKEY_NODE_NAME: 'mine', HEXKEY_NODE_PORT: '8081' }).settings,
  ).toMatchObject({
    name: 'mine',
    port: 8081,
  });
});

test.each<[string, Record<string, string>, string]>([
  ['another operator signed', { HEXKEY_OPERATOR_KEY: '00'.repeat(32) }, 'not a node set signed by'],
  ['the operator key is no key', { HEXKEY_OPERATOR_KEY: 'x' }, 'HEXKEY_OPERATOR_KEY is not'],
  ['there is no node set', { HEXKEY_NODE_SET_FILE: '/nonexistent' }, 'not a node set signed by'],
  [
    'the address is of another node',
    { HEXKEY_NODE_ADDRESS: 'https://h.example/nodes/1/' },
    'not the address',
  ],
  ['the address has no slash at its end', { HEXKEY_NODE_ADDRESS: '/nodes/2' }, 'does not end in /'],
  ['a setting is missing', { HEXKEY_NODE_TENANTS: '' }, 'HEXKEY_NODE_TENANTS is not set'],
  ['the tenants are no list', { HEXKEY_NODE_TENANTS: '{}' }, 'HEXKEY_NODE_TENANTS is not a JSON'],
  [
    'a tenant has no key',
    { HEXKEY_NODE_TENANTS: '[{"tenant":"hexkey"}]' },
    'HEXKEY_NODE_TENANTS is not a JSON',
  ],
  ['no tenant is the set’s', { HEXKEY_NODE_TENANTS: '[]' }, 'no key of the node set'],
  ['init never ran', { HEXKEY_NODE_DATA_DIR: '/nonexistent' }, 'run init first'],
  ['the database is none', { DATABASE_URL: 'mysql://h/d' }, 'DATABASE_URL is not a PostgreSQL address'],
  ['the port is no number', { HEXKEY_NODE_PORT: 'x' }, 'HEXKEY_NODE_PORT is not a number'],
])('a node does not start when %s', (_, change, line) => {
  const start = () => readNodeConfig({ ...env, ...change });
  expect(start).toThrow(StartRefusal);
  expect(start).toThrow(line);
});

test('a node whose keys are not the set’s does not start', () => {
  const others = mkdtempSync(join(tmpdir(), 'hexkey-config-'));
  const [stranger] = nodeEnvironments(others, seededRandom('another installation'));
  expect(() =>
    readNodeConfig({ ...env, HEXKEY_NODE_DATA_DIR: stranger?.HEXKEY_NODE_DATA_DIR ?? '' }),
  ).toThrow('this node is not in the node set');
  rmSync(others, { recursive: true });
});

test('a node whose log secret is not that of its public key does not start: its word could not be verified', () => {
  const copy = join(folder, 'other-log-secret');
  cpSync(env.HEXKEY_NODE_DATA_DIR ?? '', copy, { recursive: true });
  const file = join(copy, 'node-keys.json');
  const keys = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...keys, logSecret: keys.hpkeSecret }));
  expect(() => readNodeConfig({ ...env, HEXKEY_NODE_DATA_DIR: copy })).toThrow(
    'the log key in the data directory is damaged',
  );
  const { settings, logKeys } = readNodeConfig(env);
  expect(toBase64url(logKeys.publicKey)).toBe(keys.logKey);
  expect(JSON.stringify(settings)).not.toContain(keys.logSecret);
});

test('records are in the data directory, or in the PostgreSQL that is named, whose password is never printed', () => {
  expect(readNodeConfig(env).store).toMatchObject({
    dataDirectory: env.HEXKEY_NODE_DATA_DIR,
    databaseUrl: null,
  });
  const { store } = readNodeConfig({ ...env, DATABASE_URL: 'postgresql://node:canary@db/pins' });
  expect(store.databaseUrl?.reveal()).toBe('postgresql://node:canary@db/pins');
  expect(inspect(store)).not.toContain('canary');
});
