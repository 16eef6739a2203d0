import type { Clock } from '@hexkey/protocol';
import type { ChatId, ChatPerson } from '../chats.ts';
import { listTyping, type TypingRecord, typingLastsMs } from '../state/typing-record.ts';
import { type Onlooker, personOf } from '../view/show-messages.ts';
import { type Desk, onlookerOf } from './desk.ts';

/** Who types, for screens that ask without waiting. */
export interface TypingWatch {
  of(chatId: ChatId): readonly ChatPerson[];
  /** Reads what the page with the socket has written. @returns whether that is news */
  look(desk: Desk): Promise<boolean>;
}

export function watchTyping(clock: Clock): TypingWatch {
  let known: readonly TypingRecord[] = [];
  let onlooker: Onlooker | null = null;
  const isNow = ({ atMs }: TypingRecord) => clock.now() - atMs < typingLastsMs;
  return {
    of: (chatId) =>
      known.flatMap((record) =>
        onlooker !== null && record.chatId === chatId && isNow(record)
          ? [personOf(onlooker, record.accountId)]
          : [],
      ),
    async look(desk) {
      const next = (await listTyping(desk.book)).filter(isNow);
      const isNews = JSON.stringify(next) !== JSON.stringify(known);
      if (isNews) onlooker = await onlookerOf(desk);
      known = next;
      return isNews;
    },
  };
}
