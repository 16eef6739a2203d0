import { webcrypto } from 'node:crypto';
import { encodeMessage, type KnownContent, type MessageContent, utf8 } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { Engine } from '../../storage/engine.ts';
import { type ChatBook, openChatBook } from '../store/chat-book.ts';
import { memoryChatStore } from '../store/memory-chat-store.ts';
import { showBody, showMessage } from '../view/show-messages.ts';
import { type ChatRecord, keepChat, newChat, readChat } from './chat-record.ts';
import { dropEnded, nextEndingMs } from './ending-record.ts';
import {
  dropMessages,
  type MessageBody,
  type MessageRecord,
  messagesBefore,
  noteDelivered,
  noteUndelivered,
  readMessage,
} from './message-record.ts';
import { readLater } from './read-later.ts';
import { readThrough, type TakenMessage, takeMessage } from './take-message.ts';
import { findTexts, foldText } from './text-index.ts';

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
  ...{ chatId, id, senderId, sentAtMs, nowMs: sentAtMs, content },
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

test('whoever has not been answered asks; any own word is an answer, whenever it comes, and a read is none', async () => {
  const asks = of(peer, 10, 'a', saying('who are you?'));
  const answers: readonly MessageContent[] = [
    saying('Peer'),
    { kind: 'accept' },
    { kind: 'reaction', messageId: 'a', emoji: '👍' },
  ];
  for (const content of answers)
    for (const inOrder of [true, false]) {
      book = await newBook();
      const answer = of(self, 20, 'b', content);
      await take(...(inOrder ? [asks, answer] : [answer, asks]));
      expect((await chat()).request).toBe('accepted');
      await take(of(peer, 30, 'c', saying('again')));
      expect((await chat()).request).toBe('accepted');
    }
  book = await newBook();
  await take(asks, of(self, 20, 'b', { kind: 'read', throughMs: 15 }));
  expect((await chat()).request).toBe('asked');
  // Accepting is for the owner to say.
  await take(of(peer, 30, 'c', { kind: 'accept' }));
  expect((await chat()).request).toBe('asked');
});

test('a conversation of a version that did not ask is not asked about', async () => {
  const { request: _, ...older } = newChat(chatId, 0);
  await book.change(async (rows) => keepChat(rows, older));
  await take(of(peer, 10, 'a', saying('me again')), of(self, 20, 'b', saying('you')));
  expect((await chat()).request).toBeUndefined();
});

test('a message from before the read mark is not unread when it comes late', async () => {
  await book.change((rows) => readThrough(rows, self, chatId, 50, 50));
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

test('a line that tells what happened stays, whether a deletion of it comes before or after', async () => {
  const pinning: MessageContent = { kind: 'pin', messageId: 'a', pinned: true };
  await take(
    of(peer, 10, 'a', saying('here')),
    of(self, 40, 'y', { kind: 'delete', messageId: 'x' }),
    of(self, 20, 'x', pinning),
    of(self, 30, 'z', pinning),
    of(self, 50, 'w', { kind: 'delete', messageId: 'z' }),
  );
  expect((await shown()).map(({ body }) => body.kind)).toEqual(['text', 'pinned', 'pinned']);
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

/** What a version that does not know a kind makes of it. */
const unknownTo = (id: string, content: KnownContent, isSilent = false): MessageContent => ({
  kind: 'unknown',
  isSilent,
  plaintext: encodeMessage({ id, content }),
});
const ids = ['a', 'b'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000`) as [string, string];
const readAgain = () => book.change((rows) => readLater(rows, self, 0));

test('what a newer version said is read once this one knows it, at its place, with what came about it', async () => {
  const [id, later] = ids;
  const said: KnownContent = { kind: 'text', text: 'from the future', replyTo: null };
  await take(
    of(peer, 10, id, unknownTo(id, said)),
    of(peer, 20, later, saying('after it')),
    of(third, 30, 'c', { kind: 'reaction', messageId: id, emoji: '👍' }),
  );
  expect((await shown()).map(({ body }) => body.kind)).toEqual(['unknown', 'text']);
  expect((await chat()).unread).toBe(2);
  expect(await readAgain()).toEqual([chatId]);
  expect((await shown())[0]).toMatchObject({ id, body: { text: 'from the future' } });
  expect((await shown())[0]?.reactions).toMatchObject({ [third]: { emoji: '👍' } });
  expect((await chat()).unread).toBe(2);
  expect(await readAgain()).toEqual([]);
});

test('what says that it is silent makes no line and counts for nothing, and takes effect once it is known', async () => {
  const [id, about] = ids;
  await take(
    of(peer, 10, about, saying('hello')),
    of(peer, 20, id, unknownTo(id, { kind: 'reaction', messageId: about, emoji: '❤️' }, true)),
  );
  expect(await shown()).toHaveLength(1);
  expect((await chat()).unread).toBe(1);
  await readAgain();
  expect((await shown())[0]?.reactions).toMatchObject({ [peer]: { emoji: '❤️' } });
});

test('what turns out to be no line loses the one that stood for it, and is not counted any more', async () => {
  const [id, about] = ids;
  await take(
    of(peer, 10, about, saying('hello')),
    of(peer, 20, id, unknownTo(id, { kind: 'delete', messageId: about })),
  );
  expect((await chat()).unread).toBe(2);
  await readAgain();
  expect((await shown()).map(({ body }) => body.kind)).toEqual(['deleted']);
  expect((await chat()).unread).toBe(1);
});

test('the bytes of what is not known go with it', async () => {
  const [id] = ids;
  const content: MessageContent = { kind: 'unknown', isSilent: false, plaintext: utf8('{"v":9}') };
  const laterRows = () => book.list({ prefix: 'later/' });
  await take(of(peer, 10, id, content));
  expect(await laterRows()).toHaveLength(1);
  await take(of(peer, 20, 'b', { kind: 'delete', messageId: id }));
  expect(await laterRows()).toEqual([]);
  await take(of(peer, 30, 'c', content), of(peer, 40, 'd', { ...content, isSilent: true }));
  await book.change((rows) => dropMessages(rows, chatId));
  expect(await laterRows()).toEqual([]);
});

test('a line that a newer version has kept is shown as one that needs it, never as an empty one', () => {
  const onlooker = { selfId: self, people: new Map(), showsReads: true };
  expect(showBody(onlooker, { kind: 'hologram' } as unknown as MessageBody)).toEqual({ kind: 'unknown' });
});

test('the text that its sender puts in its place within 15 minutes counts, the last one; nobody else’s and no later one', async () => {
  const window = 15 * 60_000;
  const edit = (text: string, messageId = 'a'): MessageContent => ({ kind: 'edit', messageId, text });
  await take(
    of(peer, 10, 'a', saying('first')),
    of(third, 30, 'c', edit('of somebody else')),
    of(self, 31, 'd', edit('of an admin')),
    of(peer, 10 + window, 'e', edit('in time')),
    of(peer, 20, 'b', edit('second')),
    of(peer, 11 + window, 'f', edit('too late')),
  );
  expect(await shown()).toMatchObject([{ body: { text: 'in time' }, edited: { id: 'e' } }]);
  expect(JSON.stringify(await book.list({ prefix: '' }))).not.toMatch(/first|second|too late/);
  // What came before the message it is about is judged with it.
  await take(of(peer, 60, 'h', edit('changed', 'g')), of(third, 61, 'i', edit('not theirs', 'g')));
  await take(of(peer, 50, 'g', saying('as it was')));
  expect((await readMessage(book, chatId, 'g'))?.body).toEqual({ kind: 'text', text: 'changed' });
  await take(of(peer, 70, 'j', { kind: 'delete', messageId: 'g' }), of(peer, 80, 'k', edit('again', 'g')));
  expect(await readMessage(book, chatId, 'g')).toMatchObject({ body: { kind: 'deleted' } });
  expect(await readMessage(book, chatId, 'g')).not.toHaveProperty('edited');
});

test('an edit of what is not known yet waits with it', async () => {
  const [id] = ids;
  await take(
    of(peer, 10, id, unknownTo(id, { kind: 'text', text: 'first', replyTo: null })),
    of(peer, 20, 'b', { kind: 'edit', messageId: id, text: 'second' }),
  );
  await readAgain();
  expect((await shown()).map(({ body }) => body)).toEqual([{ kind: 'text', text: 'second' }]);
});

test('owner and admins pin in a group, either of two in a direct conversation; the last word about a message counts', async () => {
  const pin = (messageId: string, pinned: boolean): MessageContent => ({ kind: 'pin', messageId, pinned });
  await take(
    of(peer, 10, 'a', saying('hello')),
    of(peer, 20, 'b', pin('a', true)),
    of(self, 30, 'c', pin('a', true)),
    of(self, 50, 'd', pin('a', false)),
    of(self, 40, 'e', pin('a', true)),
  );
  expect((await chat()).pins).toEqual({ a: { pinned: false, atMs: 50, id: 'd' } });
  expect((await shown()).map(({ id, body }) => [id, body.kind])).toEqual([
    ['a', 'text'],
    ['c', 'pinned'],
    ['e', 'pinned'],
  ]);
  expect((await chat()).unread).toBe(1);
  book = await newBook({ kind: 'direct', peerId: peer });
  await take(of(peer, 10, 'a', pin('x', true)));
  expect((await chat()).pins).toMatchObject({ x: { pinned: true } });
});

const lasting = (text: string, lasts: number): MessageContent =>
  ({ ...saying(text), lasts }) as MessageContent;
const endAt = (nowMs: number) => book.change((rows) => dropEnded(rows, nowMs));
const ids2 = async () => (await shown()).map(({ id }) => id);

test('a message that disappears goes so long after it was sent from its sender’s devices, after it was read from the others', async () => {
  await take(of(self, 1000, 'mine', lasting('mine', 30)), of(peer, 2000, 'theirs', lasting('theirs', 30)));
  expect(await nextEndingMs(book)).toBe(31_000);
  expect(await endAt(30_999)).toEqual([]);
  expect(await endAt(31_000)).toEqual([chatId]);
  // Nobody has read the other one.
  expect(await endAt(9_000_000)).toEqual([]);
  expect(await ids2()).toEqual(['theirs']);
  await book.change((rows) => readThrough(rows, self, chatId, 2000, 9_000_000));
  // What comes after it was read on another device is over as soon.
  await take({ ...of(peer, 1500, 'late', lasting('late', 600)), nowMs: 9_000_000 });
  expect(await nextEndingMs(book)).toBe(9_030_000);
  await endAt(9_030_000);
  expect(await ids2()).toEqual(['late']);
  await endAt(9_600_000);
  expect(await shown()).toEqual([]);
  expect(await nextEndingMs(book)).toBeNull();
  expect((await chat()).unread).toBe(0);
  expect(JSON.stringify(await book.list({ prefix: '' }))).not.toMatch(/mine|theirs|late/);
});

test('a read mark of another own device begins the time here; a clock that is behind keeps nothing longer', async () => {
  await take(of(peer, 5000, 'a', lasting('hello', 30)));
  await take({ ...of(self, 6000, 'b', { kind: 'read', throughMs: 5000 }), nowMs: 10_000 });
  await take({ ...of(self, 7000, 'c', lasting('from a slow device', 30)), nowMs: 4000 });
  expect(await nextEndingMs(book)).toBe(34_000);
  await endAt(40_000);
  expect(await shown()).toEqual([]);
});

test('owner and admins set how long messages last; whoever has just joined takes it from anybody', async () => {
  const timer = (seconds: number): MessageContent => ({ kind: 'timer', seconds });
  book = await newBook({ profile: { name: 'Climbing', picture: null, atMs: 0, id: '' } });
  await take(of(peer, 10, 'a', timer(30)), of(self, 20, 'b', timer(600)), of(self, 30, 'c', timer(600)));
  expect((await chat()).timer?.seconds).toBe(600);
  expect((await shown()).map(({ id, body }) => [id, body])).toEqual([['b', { kind: 'timer', seconds: 600 }]]);
  await take(of(self, 40, 'd', timer(0)), of(self, 35, 'e', timer(30)));
  expect((await chat()).timer?.seconds).toBe(0);
  book = await newBook();
  await take(of(peer, 10, 'a', timer(30)));
  expect((await chat()).timer?.seconds).toBe(30);
  // One that came into a conversation of two later hears of it with what is said.
  book = await newBook({ kind: 'direct', peerId: peer });
  await take(of(peer, 10, 'a', lasting('hello', 30)));
  expect((await chat()).timer?.seconds).toBe(30);
  await take(of(peer, 20, 'b', timer(0)), of(peer, 30, 'c', lasting('still on its way', 30)));
  expect((await chat()).timer?.seconds).toBe(0);
});

const foundBy = async (...words: string[]) => {
  const { arrivals } = await chat();
  return (await findTexts(book.past, { chatId, arrivals }, words.map(foldText), 10)).map(({ id }) => id);
};

test('what is found is what is said now: edited, deleted and disappeared texts are not', async () => {
  await take(
    of(peer, 10, 'a', saying('Grüße aus ＫÖＬＮ')),
    of(peer, 20, 'b', saying('Greetings from Bonn')),
    of(self, 30, 'c', lasting('greetings, briefly', 30)),
    of(third, 40, 'd', { kind: 'contact', hexkeyId: '38120577', name: 'Ada' }),
  );
  expect(await foundBy('köln')).toEqual(['a']);
  expect(await foundBy('greetings')).toEqual(['c', 'b']);
  expect(await foundBy('BONN', 'eet')).toEqual(['b']);
  expect(await foundBy('3812')).toEqual(['d']);
  await endAt(31_000);
  await take(of(peer, 50, 'e', { kind: 'edit', messageId: 'b', text: 'Love from Trier' }));
  await take(of(peer, 60, 'f', { kind: 'delete', messageId: 'a' }));
  expect(await foundBy('greetings')).toEqual([]);
  expect(await foundBy('köln')).toEqual([]);
  expect(await foundBy('trier')).toEqual(['b']);
  await book.change((rows) => dropMessages(rows, chatId));
  expect(await book.list({ prefix: 'text/' })).toEqual([]);
});

test('however many there are, all are searched, and no more is remembered or opened than that takes', async () => {
  await book.change(async (rows) => {
    for (let place = 0; place < 7000; place += 1) {
      const text = place % 1000 === 1 ? `needle ${place}` : `hay ${place}`;
      await takeMessage(rows, self, of(peer, 100 + place, `m${place}`, saying(text)));
    }
  });
  expect(await foundBy('needle')).toEqual(['m6001', 'm5001', 'm4001', 'm3001', 'm2001', 'm1001', 'm1']);
  expect(await foundBy('hay')).toHaveLength(10);
  const keys = (await book.list({ prefix: 'text/' })).map(({ key }) => key);
  expect(keys).toHaveLength(110);
  expect(keys.join()).not.toMatch(/needle|hay/);
});

test('everybody has one vote in a poll, the last one, whether it comes before the poll or after', async () => {
  const vote = (...choices: number[]): MessageContent => ({ kind: 'vote', messageId: 'a', choices });
  const poll: MessageContent = { kind: 'poll', question: 'When?', options: ['Now', 'Later'], several: false };
  await take(
    of(third, 40, 'd', vote(1)),
    of(peer, 10, 'a', poll),
    of(self, 20, 'b', vote(0)),
    of(third, 30, 'c', vote(0)),
    of(self, 50, 'e', vote()),
    // A client that is modified: more than the poll lets anybody choose, and what it does not have.
    of(peer, 60, 'f', vote(0, 1)),
  );
  expect((await chat()).unread).toBe(1);
  const [message] = await shown();
  const onlooker = { selfId: self, people: new Map(), showsReads: true };
  const { content } = showMessage(onlooker, await chat(), message as MessageRecord, null, []);
  expect(content).toMatchObject({ options: [{ who: [] }, { who: [{ accountId: third }] }] });
  expect(await foundBy('later', 'when?')).toEqual(['a']);
  await take(of(peer, 70, 'g', { kind: 'delete', messageId: 'a' }));
  expect((await shown())[0]).not.toHaveProperty('votes');
});

test('a vote about what is no poll leaves nothing', async () => {
  const vote: MessageContent = { kind: 'vote', messageId: 'a', choices: [0] };
  await take(of(third, 20, 'b', vote), of(peer, 10, 'a', saying('hello')), of(self, 30, 'c', vote));
  expect(await readMessage(book, chatId, 'a')).not.toHaveProperty('votes');
});

/** So that some edits of a history come too late. */
const at = (place: number) => 100 + place * 120_000;

/** Messages that follow from one another as people write: edits, votes, reactions and deletions name messages, in any group of three. */
const histories = fc
  .array(
    fc.record({
      sender: fc.constantFrom(self, peer, third),
      what: fc.constantFrom('text', 'poll', 'edit', 'vote', 'pin', 'reaction', 'delete', 'read'),
      target: fc.nat(30),
      emoji: fc.constantFrom('👍', '❤️', null),
    }),
    { maxLength: 25 },
  )
  .map((steps) =>
    steps.map(({ sender, what, target, emoji }, place) => {
      const messageId = `m${target % (place + 1)}`;
      const contents: Record<typeof what, MessageContent> = {
        text: saying(`text ${place}`),
        poll: { kind: 'poll', question: `poll ${place}`, options: ['a', 'b'], several: false },
        edit: { kind: 'edit', messageId, text: `edit ${place}` },
        vote: { kind: 'vote', messageId, choices: emoji === null ? [] : [target % 2] },
        pin: { kind: 'pin', messageId, pinned: emoji !== null },
        reaction: { kind: 'reaction', messageId, emoji },
        delete: { kind: 'delete', messageId },
        read: { kind: 'read', throughMs: at(target) },
      };
      return of(sender, at(place), `m${place}`, contents[what]);
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
