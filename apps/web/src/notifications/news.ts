import type { ChatSummary } from '@hexkey/sdk';
import { isMuted } from '../chats/is-muted.ts';

/** Conversations in which somebody else said something since `before`. Muted ones keep quiet. */
export function newsSince(
  before: readonly ChatSummary[],
  now: readonly ChatSummary[],
  nowMs: number,
): readonly ChatSummary[] {
  const unreadBefore = new Map(before.map(({ chatId, unread }) => [chatId, unread]));
  return now.filter(
    (chat) =>
      chat.unread > (unreadBefore.get(chat.chatId) ?? 0) &&
      chat.last !== null &&
      !chat.last.sender.isSelf &&
      !isMuted(chat, nowMs),
  );
}
