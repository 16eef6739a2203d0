import { webcrypto } from 'node:crypto';
import { textOf } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { expect, test } from 'vitest';
import type { Engine } from '../../storage/engine.ts';
import { openChatBook } from './chat-book.ts';
import { memoryChatStore } from './memory-chat-store.ts';

const deps = { engine: webcrypto.subtle as Engine, random: seededRandom('chat book') };

test('nothing that was said can be read in the store', async () => {
  const store = memoryChatStore();
  const book = await openChatBook(store, deps);
  await book.change(async (rows) => rows.put('message/1', { text: 'meet me at noon' }));
  const [row] = await store.list({ prefix: '' });
  expect(textOfLatin(row?.value)).not.toContain('noon');
  expect(await book.get('message/1')).toEqual({ text: 'meet me at noon' });
});

test('a row that was put in the place of another does not open', async () => {
  const store = memoryChatStore();
  const book = await openChatBook(store, deps);
  await book.change(async (rows) => rows.put('message/1', { text: 'yes' }));
  const [row] = await store.list({ prefix: '' });
  await store.write([{ key: 'message/2', value: row?.value ?? null }], 1);
  await expect(book.get('message/2')).rejects.toThrow();
});

test('pages that count at once lose no step', async () => {
  const store = memoryChatStore();
  const pages = await Promise.all([openChatBook(store, deps), openChatBook(store, deps)]);
  const count = (page: (typeof pages)[0]) =>
    page.change(async (rows) => {
      const { value } = (await rows.get<{ value: number }>('count')) ?? { value: 0 };
      rows.put('count', { value: value + 1 });
    });
  await Promise.all(Array.from({ length: 20 }, (_, turn) => count(pages[turn % 2] as (typeof pages)[0])));
  expect(await pages[0]?.get('count')).toEqual({ value: 20 });
});

test('a step that fails writes nothing', async () => {
  const book = await openChatBook(memoryChatStore(), deps);
  const failing = book.change(async (rows) => {
    rows.put('a', 1);
    throw new Error('refused');
  });
  await expect(failing).rejects.toThrow('refused');
  expect(await book.get('a')).toBeNull();
});

test('a step reads what it has written, in order, without what it has deleted', async () => {
  const book = await openChatBook(memoryChatStore(), deps);
  await book.change(async (rows) => {
    rows.put('m/1', 'first');
    rows.put('m/3', 'third');
  });
  await book.change(async (rows) => {
    rows.put('m/2', 'second');
    rows.delete('m/3');
    expect(await rows.get('m/3')).toBeNull();
    const values = async (newestFirst: boolean) =>
      (await rows.list<string>({ prefix: 'm/', newestFirst })).map(({ value }) => value);
    expect(await values(false)).toEqual(['first', 'second']);
    expect(await values(true)).toEqual(['second', 'first']);
  });
});

const textOfLatin = (bytes: Uint8Array | undefined) =>
  textOf(Uint8Array.from(bytes ?? [], (byte) => byte & 0x7f));
