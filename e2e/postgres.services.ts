import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '@hexkey/protocol';
import type { Hexkey } from '@hexkey/sdk';
import { createPostgresDatabase, freePort, type PostgresServer, startPostgres } from '@hexkey/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, type RunningHexkey, startHexkey, temporaryFolder } from './harness.ts';
import { tellingClient } from './node-client.ts';

// The real `npm start` with the account server and each node on a database of its own, as in production.
const pin = new Secret('580417');
const wrongPin = new Secret('580418');
const folder = temporaryFolder();
let server: PostgresServer | null = null;
let apiUrl: string;
let nodeUrls: readonly string[];
let newDatabase: () => Promise<string>;
let hexkey: RunningHexkey | null = null;
let first: Hexkey;
let settings: () => Record<string, string>;
let port: number;
const start = () => startHexkey(folder.path, port, settings());

beforeAll(async () => {
  // With its own settings: a node refuses a server that would forget a guess in a crash.
  server = await startPostgres();
  if (server === null) throw new Error('PostgreSQL is not installed');
  const administered = server.urlOf('postgres');
  newDatabase = async () => (await createPostgresDatabase(administered)).url;
  apiUrl = await newDatabase();
  nodeUrls = [await newDatabase(), await newDatabase(), await newDatabase()];
  port = await freePort();
  settings = () => ({
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
  first = tellingClient(origin, folder.path).hexkey;
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

test('the PIN moves to other nodes, each on a database of its own, and is erased from those of the nodes before', async () => {
  expect(await hexkey?.stop()).toBe(0);
  hexkey = null;
  const before = await Promise.all(nodeUrls.map(lengthOfRecord));
  const change = launch(folder.path, port, settings(), ['change-nodes', '--count', '3']);
  expect((await once(change, 'close'))[0]).toBe(0);
  const old = nodeUrls;
  nodeUrls = [...old, await newDatabase(), await newDatabase(), await newDatabase()];
  hexkey = await start();
  expect(await first.pinNodes()).toMatchObject({ epoch: 1, next: { epoch: 2 } });
  await first.movePin(pin, () => {});
  expect(await first.pinNodes()).toMatchObject({ epoch: 2, next: null });

  // What is there is on the disk of the database.
  expect(await hexkey.stop()).toBe(0);
  hexkey = await start();
  await expect(first.checkPin(wrongPin, () => {})).rejects.toMatchObject({ name: 'WrongPin' });
  await first.checkPin(pin, () => {});
  for (const url of nodeUrls) expect(await countOf(url, 'pin_records')).toBe(1);
  const after = await Promise.all(old.map(lengthOfRecord));
  for (const [place, length] of after.entries()) expect(length).toBeLessThan(before[place] as number);
  for (const name of ['node-4/pin-node.sqlite', 'node-6/pin-node.sqlite'])
    expect(existsSync(join(folder.path, name))).toBe(false);
});

async function opensOnNewDevice(origin: string, words: Secret<readonly string[]>) {
  const { hexkey: device } = tellingClient(origin, folder.path);
  await device.loginWithWords(words);
  await expect(device.unlock(wrongPin, () => {})).rejects.toMatchObject({ name: 'WrongPin' });
  return (await device.unlock(pin, () => {})).at;
}

const countOf = (url: string, table: string) => numberIn(url, `select count(*) from ${table}`);
/** Of the one account, in bytes. */
const lengthOfRecord = (url: string) => numberIn(url, 'select length(record) as count from pin_records');

async function numberIn(url: string, query: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: string }>(query);
  await client.end();
  return Number(rows[0]?.count);
}
