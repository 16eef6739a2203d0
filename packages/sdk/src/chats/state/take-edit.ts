import { editWindowMs } from '@hexkey/protocol';
import type { ChatWriter } from '../store/chat-book.ts';
import { isLater } from './chat-record.ts';
import {
  type Edit,
  type Entry,
  keepLooseEnds,
  keepSaid,
  looseEnds,
  type MessageRecord,
  readMessage,
} from './message-record.ts';

/** Another text in the place of one's own. What is too late, of somebody else, or about no text, changes nothing on any device. */
export async function takeEdit(
  rows: ChatWriter,
  { chatId, id, senderId, sentAtMs }: Entry,
  messageId: string,
  text: string,
): Promise<void> {
  const edit: Edit = { by: senderId, text, atMs: sentAtMs, id };
  const message = await readMessage(rows, chatId, messageId);
  if (message !== null && message.body.kind !== 'unknown') {
    return keepSaid(rows, withEdit(message, edit));
  }
  const ends = await looseEnds(rows, chatId, messageId);
  const edits = [...ends.edits.filter((other) => other.id !== id), edit];
  keepLooseEnds(rows, chatId, messageId, { ...ends, edits });
}

/** In whatever order edits are tried, the last that counts stays. */
export function withEdit(message: MessageRecord, { by, text, atMs, id }: Edit): MessageRecord {
  const { body, senderId, sentAtMs, edited } = message;
  const counts =
    body.kind === 'text' &&
    by === senderId &&
    atMs - sentAtMs <= editWindowMs &&
    isLater({ atMs, id }, edited);
  return counts ? { ...message, body: { ...body, text }, edited: { atMs, id } } : message;
}
