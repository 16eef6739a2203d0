import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '@hexkey/protocol';
import { createPostgresDatabase, freePort, type PostgresServer, startPostgres } from '@hexkey/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningHexkey, startHexkey, temporaryFolder } from './harness.ts';
import { tellingClient } from './node-client.ts';

// The real `npm start` with the account server and each node on a database of its own, as in production.
const pin = new Secret('580417');
const wrongPin = new Secret('580418');
const folder = temporaryFolder();
let server: PostgresServer | null = null;
let apiUrl: string;
let nodeUrls: readonly string[];
let hexkey: RunningHexkey | null = null;
let start: () => Promise<RunningHexkey>;

beforeAll(async () => {
  // With its own settings: a node refuses a server that would forget a guess in a crash.
  server = await startPostgres();
  if (server === null) throw new Error('PostgreSQL is not installed');
  const administered = server.urlOf('postgres');
  const newDatabase = async () => (await createPostgresDatabase(administered)).url;
  apiUrl = await newDatabase();
  nodeUrls = [await newDatabase(), await newDatabase(), await newDatabase()];
  const port = await freePort();
  start = () =>
    startHexkey(folder.path, port, {
      HEXKEY_NODES: '3',
      DATABASE_URL: apiUrl,
      HEXKEY_NODE_DATABASE_URLS: nodeUrls.join(' '),
    });
  hexkey = await start();
});
afterAll(async () => {
  await hexkey?.stop();
  await server?.stop();
  folder.remove();
});

test('an account is registered, guarded and opened on another device, before and after a restart', async () => {
  const { origin } = hexkey as RunningHexkey;
  const { hexkey: first } = tellingClient(origin, folder.path);
  const words = first.newWords();
  await first.registerWithWords(words);
  await first.setPin(pin, () => {});
  expect(await opensOnNewDevice(origin, words)).toBe('home');

  expect(await hexkey?.stop()).toBe(0);
  hexkey = await start();
  expect(hexkey.output()).not.toContain('Embedded database');
  expect(await opensOnNewDevice(origin, words)).toBe('home');
  await first.checkPin(pin, () => {});
});

test('every row is in the databases that were named, and none beside them', async () => {
  expect(await countOf(apiUrl, 'accounts')).toBe(1);
  expect(await countOf(apiUrl, 'sessions')).toBe(3);
  for (const url of nodeUrls) expect(await countOf(url, 'pin_records')).toBe(1);
  for (const file of ['api/pglite', 'node-1/pin-node.sqlite', 'node-3/pin-node.sqlite'])
    expect(existsSync(join(folder.path, file))).toBe(false);
});

async function opensOnNewDevice(origin: string, words: Secret<readonly string[]>) {
  const { hexkey: device } = tellingClient(origin, folder.path);
  await device.loginWithWords(words);
  await expect(device.unlock(wrongPin, () => {})).rejects.toMatchObject({ name: 'WrongPin' });
  return (await device.unlock(pin, () => {})).at;
}

async function countOf(url: string, table: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: string }>(`select count(*) from ${table}`);
  await client.end();
  return Number(rows[0]?.count);
}
