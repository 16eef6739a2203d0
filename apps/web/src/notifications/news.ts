import type { ChatSummary } from '@hexkey/sdk';
import { isMuted } from '../chats/is-muted.ts';

/** Conversations in which somebody else said something since `before`. Muted ones keep quiet, and whoever the owner has not answered yet. */
export function newsSince(
  before: readonly ChatSummary[],
  now: readonly ChatSummary[],
  nowMs: number,
): readonly ChatSummary[] {
  // What was a request and is none any more is new all the same: its sender turned out to be a contact.
  const unreadBefore = new Map(
    before.map(({ chatId, unread, isRequest }) => [chatId, isRequest ? 0 : unread]),
  );
  return now.filter(
    (chat) =>
      chat.unread > (unreadBefore.get(chat.chatId) ?? 0) &&
      chat.last !== null &&
      !chat.last.sender.isSelf &&
      !chat.isRequest &&
      !isMuted(chat, nowMs),
  );
}
