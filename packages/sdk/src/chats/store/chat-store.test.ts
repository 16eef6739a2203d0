import 'fake-indexeddb/auto';
import { webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utf8 } from '@hexkey/protocol';
import { IDBFactory } from 'fake-indexeddb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ChatStore } from './chat-store.ts';
import { eraseIndexedDbChats, indexedDbChatStore } from './indexed-db-chat-store.ts';
import { memoryChatStore } from './memory-chat-store.ts';
import { sqliteChatStore } from './sqlite-chat-store.ts';

const subtle = webcrypto.subtle as SubtleCrypto;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hexkey-chats-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const newPath = () => join(mkdtempSync(join(folder, 'store-')), 'chats.sqlite');
const newKey = async () =>
  (await subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt'])) as CryptoKey;
const row = (key: string, text = key) => ({ key, value: utf8(text) });
const keysOf = (rows: Awaited<ReturnType<ChatStore['list']>>) => rows.map(({ key }) => key);

describe.each([
  ['memory', async () => memoryChatStore()],
  ['IndexedDB', () => indexedDbChatStore('account')],
  ['SQLite', async () => sqliteChatStore(newPath(), subtle)],
] as [string, () => Promise<ChatStore>][])('the chat store in %s', (_, open) => {
  test('starts empty, at revision 0', async () => {
    const store = await open();
    expect(await store.revision()).toBe(0);
    expect(await store.get('chat/1')).toBeNull();
    expect(await store.list({ prefix: '' })).toEqual([]);
  });

  test('keeps what was written, replaces and deletes it', async () => {
    const store = await open();
    expect(await store.write([row('a', 'first'), row('b')], 0)).toBe(true);
    expect(await store.write([row('a', 'second'), { key: 'b', value: null }], 1)).toBe(true);
    expect(await store.get('a')).toEqual(utf8('second'));
    expect(await store.get('b')).toBeNull();
    expect(await store.revision()).toBe(2);
  });

  test('a write decided at an older revision does not happen', async () => {
    const store = await open();
    await store.write([row('a', 'of another page')], 0);
    expect(await store.write([row('a', 'late'), row('b')], 0)).toBe(false);
    expect(await store.get('a')).toEqual(utf8('of another page'));
    expect(await store.get('b')).toBeNull();
  });

  test('of two writes at one revision exactly one happens', async () => {
    const store = await open();
    const taken = await Promise.all([store.write([row('a', '1')], 0), store.write([row('a', '2')], 0)]);
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await store.revision()).toBe(1);
  });

  test('lists a prefix in order, from either end, before a key, up to a limit', async () => {
    const store = await open();
    await store.write(
      ['m/1/03', 'm/1/01', 'm/2/01', 'm/1/02', 'l/9', 'm/10/01'].map((key) => row(key)),
      0,
    );
    expect(keysOf(await store.list({ prefix: 'm/1/' }))).toEqual(['m/1/01', 'm/1/02', 'm/1/03']);
    expect(keysOf(await store.list({ prefix: 'm/1/', newestFirst: true, limit: 2 }))).toEqual([
      'm/1/03',
      'm/1/02',
    ]);
    expect(
      keysOf(await store.list({ prefix: 'm/1/', before: 'm/1/03', newestFirst: true, limit: 1 })),
    ).toEqual(['m/1/02']);
    expect(await store.list({ prefix: 'm/1/', before: 'a' })).toEqual([]);
    expect(await store.list({ prefix: 'm/2/' })).toEqual([row('m/2/01')]);
  });

  test('keeps the first sealing key', async () => {
    const store = await open();
    const [first, second] = [await newKey(), await newKey()];
    const bytes = async (key: CryptoKey) => new Uint8Array(await subtle.exportKey('raw', key));
    expect(await bytes(await store.sealingKey(first))).toEqual(await bytes(first));
    expect(await bytes(await store.sealingKey(second))).toEqual(await bytes(first));
  });
});

test('a file of conversations is for its owner alone', () => {
  const path = newPath();
  sqliteChatStore(path, subtle);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('an account is erased though another page has its conversations open', async () => {
  const store = await indexedDbChatStore('account');
  await store.write([row('a')], 0);
  await eraseIndexedDbChats('account');
  expect(await (await indexedDbChatStore('account')).get('a')).toBeNull();
});
