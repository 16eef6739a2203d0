import type { ChatMessage, ShownContent } from '@hexkey/sdk';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrangeMessages, firstUnreadOf } from './arrange-messages.ts';

const day = 86_400_000;
const minute = 60_000;
const utcDay = (timeMs: number) => new Date(timeMs).toISOString().slice(0, 10);

const aMessage = (
  id: string,
  sender: string,
  sentAtMs: number,
  content: ShownContent = { kind: 'text', text: id },
): ChatMessage => ({
  id,
  chatId: 'chat',
  sender: { accountId: sender, person: null, isSelf: sender === 'me' },
  sentAtMs,
  content,
  replyTo: null,
  reactions: [],
  isEdited: false,
  lastsSeconds: null,
  state: sender === 'me' ? 'sent' : null,
});
const arranged = (messages: readonly ChatMessage[], unread: string | null = null) =>
  arrangeMessages(messages, unread, utcDay);

test('messages of one sender within five minutes are one run; others, a gap and an event end it', () => {
  const lines = arranged([
    aMessage('a', 'ann', 0),
    aMessage('b', 'ann', 4 * minute),
    aMessage('c', 'ann', 9 * minute),
    aMessage('d', 'me', 10 * minute),
    aMessage('e', 'me', 10 * minute, { kind: 'picture-changed' }),
    aMessage('f', 'me', 10 * minute),
  ]);
  expect(lines.map((line) => (line.is === 'message' ? [line.startsRun, line.endsRun] : line.is))).toEqual([
    'day',
    [true, false],
    [false, true],
    [true, true],
    [true, true],
    'event',
    [true, true],
  ]);
});

test('midnight begins a day and a run, also between two messages a minute apart', () => {
  const lines = arranged([aMessage('a', 'ann', day - minute), aMessage('b', 'ann', day)]);
  expect(lines.map(({ is }) => is)).toEqual(['day', 'message', 'day', 'message']);
  expect(lines[1]).toMatchObject({ endsRun: true });
});

test('the mark of what is new stands above its message and ends the run before', () => {
  const lines = arranged([aMessage('a', 'ann', 0), aMessage('b', 'ann', minute)], 'b');
  expect(lines.map(({ key }) => key)).toEqual(['day-a', 'a', 'unread', 'b']);
  expect(lines[1]).toMatchObject({ endsRun: true });
});

test('the first unread one is found among the messages of others; more unread than shown means the oldest', () => {
  const messages = [aMessage('a', 'ann', 0), aMessage('b', 'me', 1), aMessage('c', 'ann', 2)];
  expect(firstUnreadOf(messages, 0)).toBe(null);
  expect(firstUnreadOf(messages, 1)).toBe('c');
  expect(firstUnreadOf(messages, 2)).toBe('a');
  expect(firstUnreadOf(messages, 99)).toBe('a');
  expect(firstUnreadOf([], 1)).toBe(null);
});

test('every message is shown once and in order, and each run begins and ends exactly once', () => {
  const some = fc.array(
    fc.record({ sender: fc.constantFrom('me', 'ann', 'bob'), afterMs: fc.nat(2 * day), event: fc.boolean() }),
  );
  fc.assert(
    fc.property(some, fc.nat(40), (steps, unreadAt) => {
      let now = 0;
      const messages = steps.map(({ sender, afterMs, event }, index) => {
        now += afterMs;
        return aMessage(String(index), sender, now, event ? { kind: 'picture-changed' } : undefined);
      });
      const lines = arranged(messages, String(unreadAt));
      const shown = lines.flatMap((line) => ('message' in line ? [line.message.id] : []));
      expect(shown).toEqual(messages.map(({ id }) => id));
      let open = false;
      for (const line of lines) {
        if (line.is !== 'message') {
          expect(open).toBe(false);
          continue;
        }
        expect(line.startsRun).toBe(!open);
        open = !line.endsRun;
      }
      expect(open).toBe(false);
      expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
    }),
  );
});
