import { webcrypto } from 'node:crypto';
import { fixedClock, seededRandom } from '@hexkey/testing';
import { expect, test } from 'vitest';
import type { Engine } from '../../storage/engine.ts';
import { type ChatRecord, keepChat, newChat, readChat } from '../state/chat-record.ts';
import { takeMessage } from '../state/take-message.ts';
import { dropTexts } from '../state/text-index.ts';
import { openChatBook } from '../store/chat-book.ts';
import { memoryChatStore } from '../store/memory-chat-store.ts';
import type { Desk } from './desk.ts';
import { search } from './search-chats.ts';

const self = 'account-self';
const random = seededRandom('search chats');
const clock = fixedClock('2030-01-01');

/** A conversation as a version that could not search has left it: its messages, and nothing to find them by. */
async function oldConversation(chatId: string, texts: readonly string[]): Promise<Desk> {
  const book = await openChatBook(memoryChatStore(), { engine: webcrypto.subtle as Engine, random });
  await book.change(async (rows) => {
    keepChat(rows, { ...newChat(chatId, 0), kind: 'group' });
    for (const [place, text] of texts.entries()) {
      const at = { chatId, id: `m${place}`, senderId: self, sentAtMs: place + 1, nowMs: place + 1 };
      await takeMessage(rows, self, { ...at, content: { kind: 'text', text, replyTo: null } });
    }
    await dropTexts(rows, chatId);
    const { isSearchable: _, ...chat } = (await readChat(rows, chatId)) as ChatRecord;
    keepChat(rows, chat);
  });
  return { book, selfId: self, client: { deps: { clock } }, changed: () => undefined } as unknown as Desk;
}

test('what a version that could not search has kept is found, all of it, and is made findable once', async () => {
  const texts = Array.from({ length: 450 }, (_, place) => (place % 200 === 0 ? `needle ${place}` : 'hay'));
  const desk = await oldConversation('chat', texts);
  const found = async () => (await search(desk, 'needle')).map(({ id }) => id);
  expect(await found()).toEqual(['m400', 'm200', 'm0']);
  expect((await readChat(desk.book, 'chat'))?.isSearchable).toBe(true);
  // What goes afterwards is not brought back by another search.
  await desk.book.change((rows) => dropTexts(rows, 'chat'));
  expect(await found()).toEqual([]);
});
