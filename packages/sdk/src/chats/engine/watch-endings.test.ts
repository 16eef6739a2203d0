import { webcrypto } from 'node:crypto';
import { fixedClock, seededRandom } from '@hexkey/testing';
import { expect, test } from 'vitest';
import type { Engine as Subtle } from '../../storage/engine.ts';
import { keepChat, newChat } from '../state/chat-record.ts';
import { messagesBefore } from '../state/message-record.ts';
import { takeMessage } from '../state/take-message.ts';
import { openChatBook } from '../store/chat-book.ts';
import { memoryChatStore } from '../store/memory-chat-store.ts';
import type { Engine } from './engine.ts';
import { watchEndings } from './watch-endings.ts';

const self = 'account-self';
const chatId = 'chat';

/** Conversations nobody looks at; waits end when the test says so. */
async function world() {
  const clock = fixedClock('2030-01-01');
  const random = seededRandom('watch endings');
  const book = await openChatBook(memoryChatStore(), { engine: webcrypto.subtle as Subtle, random });
  await book.change(async (rows) => keepChat(rows, { ...newChat(chatId, clock.now()), kind: 'group' }));
  const waits: { readonly milliseconds: number; readonly end: () => void }[] = [];
  const told: (string | null)[] = [];
  let underWay: Promise<unknown> = Promise.resolve();
  const socket = {
    wait: (milliseconds: number) =>
      new Promise<void>((resolve) => waits.push({ milliseconds, end: resolve })),
  };
  const look = watchEndings({
    book,
    client: {
      deps: { clock, socket },
      background: (work: Promise<unknown>) => {
        underWay = Promise.all([underWay, work]);
      },
    },
    changed: (chat: string | null) => told.push(chat),
    signal: new AbortController().signal,
  } as unknown as Engine);
  return {
    clock,
    waits,
    told,
    look,
    idle: () => underWay,
    async say(id: string, lasts: number) {
      const content = { kind: 'text', text: id, replyTo: null, lasts } as const;
      const nowMs = clock.now();
      const said = { chatId, id, senderId: self, sentAtMs: nowMs, nowMs, content };
      await book.change((rows) => takeMessage(rows, self, said));
    },
    left: async () => (await messagesBefore(book, chatId, null, 10)).map(({ id }) => id).toReversed(),
  };
}

test('messages disappear by themselves, each in its time, and a shorter one that comes later does not wait for a longer one', async () => {
  const { clock, waits, told, look, idle, say, left } = await world();
  await say('long', 600);
  look();
  await expect.poll(() => waits.length).toBe(1);
  await say('short', 30);
  look();
  await expect.poll(() => waits.length).toBe(2);
  expect(waits.map(({ milliseconds }) => milliseconds)).toEqual([600_050, 30_050]);
  clock.advance(30_050);
  waits[1]?.end();
  await expect.poll(left).toEqual(['long']);
  expect(told).toEqual([chatId]);
  clock.advance(570_000);
  waits[0]?.end();
  await expect.poll(left).toEqual([]);
  for (const { end } of waits) end();
  await idle();
});
