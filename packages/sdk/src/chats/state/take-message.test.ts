import { webcrypto } from 'node:crypto';
import type { MessageContent } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { Engine } from '../../storage/engine.ts';
import { type ChatBook, openChatBook } from '../store/chat-book.ts';
import { memoryChatStore } from '../store/memory-chat-store.ts';
import { type ChatRecord, keepChat, newChat, readChat } from './chat-record.ts';
import { messagesBefore, noteDelivered, noteUndelivered, readMessage } from './message-record.ts';
import { readThrough, type TakenMessage, takeMessage } from './take-message.ts';

const self = 'account-self';
const peer = 'account-peer';
const third = 'account-third';
const chatId = 'chat';
const random = seededRandom('take message');

async function newBook(change: Partial<ChatRecord> = {}): Promise<ChatBook> {
  const book = await openChatBook(memoryChatStore(), { engine: webcrypto.subtle as Engine, random });
  const members = [
    { accountId: self, role: 'owner' as const },
    { accountId: peer, role: 'member' as const },
    { accountId: third, role: 'member' as const },
  ];
  await book.change(async (rows) =>
    keepChat(rows, { ...newChat(chatId, 0), kind: 'group', members, ...change }),
  );
  return book;
}

let book: ChatBook;
beforeEach(async () => {
  book = await newBook();
});

const of = (senderId: string, sentAtMs: number, id: string, content: MessageContent): TakenMessage => ({
  ...{ chatId, id, senderId, sentAtMs, content },
});
const saying = (text: string): MessageContent => ({ kind: 'text', text, replyTo: null });
const take = (...messages: readonly TakenMessage[]) =>
  book.change(async (rows) => {
    for (const message of messages) await takeMessage(rows, self, message);
  });
const shown = async (of: ChatBook = book) => (await messagesBefore(of, chatId, null, 100)).toReversed();
const chat = async () => (await readChat(book, chatId)) as ChatRecord;

test('messages are in the order of the server, whichever came first', async () => {
  await take(of(self, 20, 'b', saying('second')), of(peer, 10, 'a', saying('first')));
  expect((await shown()).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('a message that comes again is there once, and counts once', async () => {
  await take(of(peer, 10, 'a', saying('hello')), of(peer, 10, 'a', saying('hello')));
  expect(await shown()).toHaveLength(1);
  expect((await chat()).unread).toBe(1);
});

test('own messages are not unread, and what another own device has read is read here', async () => {
  await take(
    of(self, 10, 'a', saying('mine')),
    of(peer, 20, 'b', saying('yours')),
    of(peer, 30, 'c', saying('?')),
  );
  expect((await chat()).unread).toBe(2);
  await take(of(self, 40, 'd', { kind: 'read', throughMs: 20 }));
  expect((await chat()).unread).toBe(1);
});

test('a message from before the read mark is not unread when it comes late', async () => {
  await book.change((rows) => readThrough(rows, self, chatId, 50));
  await take(of(peer, 40, 'a', saying('late')));
  expect((await chat()).unread).toBe(0);
});

test('everybody has one reaction to a message, the last one, and may take it back', async () => {
  await take(
    of(self, 10, 'a', saying('hello')),
    of(peer, 20, 'b', { kind: 'reaction', messageId: 'a', emoji: '👍' }),
    of(third, 21, 'c', { kind: 'reaction', messageId: 'a', emoji: '👍' }),
    of(peer, 30, 'd', { kind: 'reaction', messageId: 'a', emoji: '❤️' }),
    of(third, 31, 'e', { kind: 'reaction', messageId: 'a', emoji: null }),
  );
  const [message] = await shown();
  expect(message?.reactions).toMatchObject({ [peer]: { emoji: '❤️' }, [third]: { emoji: null } });
});

test('the sender and an admin delete for everyone, nobody else', async () => {
  await take(
    of(peer, 10, 'own', saying('mine')),
    of(peer, 11, 'admin', saying('rude')),
    of(peer, 12, 'stays', saying('kept')),
    of(peer, 20, 'x', { kind: 'delete', messageId: 'own' }),
    of(self, 21, 'y', { kind: 'delete', messageId: 'admin' }),
    of(third, 22, 'z', { kind: 'delete', messageId: 'stays' }),
  );
  expect((await shown()).map(({ body }) => body.kind)).toEqual(['deleted', 'deleted', 'text']);
});

test('in a direct conversation nobody deletes what the other said', async () => {
  book = await newBook({ kind: 'direct', peerId: peer });
  await take(of(peer, 10, 'a', saying('kept')), of(self, 20, 'b', { kind: 'delete', messageId: 'a' }));
  expect((await shown()).map(({ body }) => body.kind)).toEqual(['text']);
});

test('a deleted message leaves nothing of what it said in the store', async () => {
  await take(of(peer, 10, 'a', saying('secret')), of(peer, 20, 'b', { kind: 'delete', messageId: 'a' }));
  expect(JSON.stringify(await book.list({ prefix: '' }))).not.toContain('secret');
});

test('only owner and admins name a group, and saying the name again to a new member is no news', async () => {
  const profile = (name: string): MessageContent => ({ kind: 'profile', name, picture: null });
  await take(of(self, 10, 'a', profile('Climbing')), of(self, 20, 'b', profile('Climbing')));
  await take(of(peer, 30, 'c', profile('Taken over')));
  expect((await chat()).profile?.name).toBe('Climbing');
  expect(await shown()).toEqual([]);
  await take(of(self, 40, 'd', profile('Bouldering')));
  expect((await shown()).map(({ body }) => body)).toEqual([{ kind: 'renamed', name: 'Bouldering' }]);
});

test('a message is delivered when the server says so, and is then no longer asked for', async () => {
  await take(of(self, 10, 'a', saying('hello')));
  await book.change(async (rows) => noteUndelivered(rows, chatId, 'a'));
  expect(await book.change((rows) => noteDelivered(rows, ['a', 'unknown']))).toEqual([chatId]);
  expect(await readMessage(book, chatId, 'a')).toMatchObject({ isDelivered: true });
  expect(await book.change((rows) => noteDelivered(rows, ['a']))).toEqual([]);
});

/** Messages that follow from one another as people write: reactions and deletions name messages, in any group of three. */
const histories = fc
  .array(
    fc.record({
      sender: fc.constantFrom(self, peer, third),
      what: fc.constantFrom('text', 'reaction', 'delete', 'read'),
      target: fc.nat(30),
      emoji: fc.constantFrom('👍', '❤️', null),
    }),
    { maxLength: 25 },
  )
  .map((steps) =>
    steps.map(({ sender, what, target, emoji }, place) => {
      const messageId = `m${target % (place + 1)}`;
      const content: MessageContent =
        what === 'text'
          ? saying(`text ${place}`)
          : what === 'reaction'
            ? { kind: 'reaction', messageId, emoji }
            : what === 'delete'
              ? { kind: 'delete', messageId }
              : { kind: 'read', throughMs: 100 + target };
      return of(sender, 100 + place, `m${place}`, content);
    }),
  );

test('the same messages leave the same state in any order, and twice as well as once', async () => {
  const stateAfter = async (messages: readonly TakenMessage[]) => {
    const fresh = await newBook();
    await fresh.change(async (rows) => {
      for (const message of messages) await takeMessage(rows, self, message);
    });
    const kept = (await shown(fresh)).map(({ arrival: _, ...message }) => message);
    return [kept, await readChat(fresh, chatId)];
  };
  await fc.assert(
    fc.asyncProperty(
      histories.chain((history) =>
        fc.tuple(
          fc.constant(history),
          fc.shuffledSubarray([...history, ...history], {
            minLength: history.length * 2,
            maxLength: history.length * 2,
          }),
        ),
      ),
      async ([inOrder, shuffled]) => {
        expect(await stateAfter(shuffled)).toEqual(await stateAfter(inOrder));
      },
    ),
    { numRuns: 60 },
  );
});
