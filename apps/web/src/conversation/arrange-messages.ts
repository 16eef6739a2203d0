import type { ChatMessage, ShownContent } from '@hexkey/sdk';

/** Messages of one sender that follow each other this closely stand together. */
const runGapMs = 5 * 60_000;

/** One line of a conversation, top to bottom. */
export type ChatLine =
  | { readonly is: 'day'; readonly key: string; readonly atMs: number }
  | { readonly is: 'unread'; readonly key: string }
  | { readonly is: 'event'; readonly key: string; readonly message: ChatMessage }
  | {
      readonly is: 'message';
      readonly key: string;
      readonly message: ChatMessage;
      /** First or last of its sender's run: the name stands above the first, the tail and picture beside the last. */
      readonly startsRun: boolean;
      readonly endsRun: boolean;
    };

const said: ReadonlySet<ShownContent['kind']> = new Set([
  'text',
  'contact',
  'transfer',
  'poll',
  'attachment',
  'deleted',
  'unknown',
  'unreadable',
]);

/** Whether somebody said it; anything else is an event, told in a line of its own. */
export const isSaid = ({ content }: Pick<ChatMessage, 'content'>) => said.has(content.kind);

/**
 * Days, events and runs of one sender.
 * @param messages oldest first
 * @param firstUnreadId the message that the mark "new messages" stands above; null for none
 * @param dayOf the same text for two times of one day, in the reader's time zone
 */
export function arrangeMessages(
  messages: readonly ChatMessage[],
  firstUnreadId: string | null,
  dayOf: (timeMs: number) => string,
): readonly ChatLine[] {
  return messages.flatMap((message, index): ChatLine[] => {
    const before = messages[index - 1];
    const after = messages[index + 1];
    const newDay = !before || dayOf(before.sentAtMs) !== dayOf(message.sentAtMs);
    const follows = (earlier: ChatMessage | undefined, later: ChatMessage | undefined) =>
      earlier !== undefined &&
      later !== undefined &&
      later.id !== firstUnreadId &&
      dayOf(earlier.sentAtMs) === dayOf(later.sentAtMs) &&
      areOneRun(earlier, later);
    return [
      ...(newDay ? [{ is: 'day', key: `day-${message.id}`, atMs: message.sentAtMs } as const] : []),
      ...(message.id === firstUnreadId ? [{ is: 'unread', key: 'unread' } as const] : []),
      isSaid(message)
        ? {
            is: 'message',
            key: message.id,
            message,
            startsRun: !follows(before, message),
            endsRun: !follows(message, after),
          }
        : { is: 'event', key: message.id, message },
    ];
  });
}

const areOneRun = (earlier: ChatMessage, later: ChatMessage) =>
  isSaid(earlier) &&
  isSaid(later) &&
  earlier.sender.accountId === later.sender.accountId &&
  later.sentAtMs - earlier.sentAtMs < runGapMs;

/** The first of the newest `unread` messages of others; null when there is none. @param messages oldest first */
export function firstUnreadOf(messages: readonly ChatMessage[], unread: number): string | null {
  const ofOthers = messages.filter((message) => !message.sender.isSelf && isSaid(message));
  return unread === 0 ? null : ((ofOthers.at(-unread) ?? ofOthers[0])?.id ?? null);
}
