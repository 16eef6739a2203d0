import { decodeMessage } from '@hexkey/protocol';
import type { ChatId } from '../chats.ts';
import type { ChatWriter } from '../store/chat-book.ts';
import { amendChat } from './chat-record.ts';
import { countsAsUnread } from './enter-message.ts';
import { dropLater, type LaterRecord, listLater } from './later-record.ts';
import { dropMessage, readMessage } from './message-record.ts';
import { takeMessage } from './take-message.ts';

/**
 * Enters what an earlier version could not read and this one can, as if it came now: edits and the like that it was silent about, too.
 * @param nowMs this device's time
 * @returns the conversations that changed
 */
export async function readLater(rows: ChatWriter, selfId: string, nowMs: number): Promise<readonly ChatId[]> {
  const changed = new Set<ChatId>();
  for (const later of await listLater(rows, null)) {
    const { content } = decodeMessage(later.plaintext);
    if (content.kind === 'unknown') continue;
    dropLater(rows, later.chatId, later.id);
    await takeMessage(rows, selfId, { ...later, content, nowMs });
    await dropStandIn(rows, selfId, later);
    changed.add(later.chatId);
  }
  return [...changed];
}

/** Its line, when what it says turns out to be none. */
async function dropStandIn(rows: ChatWriter, selfId: string, { chatId, id }: LaterRecord): Promise<void> {
  const message = await readMessage(rows, chatId, id);
  if (message?.body.kind !== 'unknown') return;
  await dropMessage(rows, chatId, id);
  await amendChat(rows, chatId, ({ unread, readThroughMs }) => {
    const wasUnread = countsAsUnread(message, selfId) && message.sentAtMs > readThroughMs;
    return { unread: Math.max(0, unread - (wasUnread ? 1 : 0)) };
  });
}
