import type { ChatSummary } from '@hexkey/sdk';
import { expect, test } from 'vitest';
import { newsSince } from './news.ts';

const aChat = (chatId: string, unread: number, more: Partial<ChatSummary> = {}): ChatSummary =>
  ({
    chatId,
    unread,
    mutedUntilMs: null,
    isRequest: false,
    last: { sender: { isSelf: false } },
    ...more,
  }) as ChatSummary;
const idsOf = (chats: readonly ChatSummary[]) => chats.map(({ chatId }) => chatId);

test('what was there before, was read, or was said by oneself is no news', () => {
  const before = [aChat('same', 2), aChat('read', 3), aChat('more', 1), aChat('own', 0)];
  const mine = { last: { sender: { isSelf: true } } } as Partial<ChatSummary>;
  const now = [aChat('same', 2), aChat('read', 0), aChat('more', 2), aChat('own', 1, mine), aChat('new', 1)];
  expect(idsOf(newsSince(before, now, 0))).toEqual(['more', 'new']);
});

test('a request is no news, until its sender turns out to be a contact', () => {
  const asking = aChat('asking', 1, { isRequest: true });
  expect(newsSince([], [asking], 0)).toEqual([]);
  expect(idsOf(newsSince([asking], [{ ...asking, isRequest: false }], 0))).toEqual(['asking']);
});

test('muted conversations keep quiet until the mute is over', () => {
  const muted = aChat('muted', 1, { mutedUntilMs: 1000 });
  expect(newsSince([], [muted], 999)).toEqual([]);
  expect(idsOf(newsSince([], [muted], 1000))).toEqual(['muted']);
});
