import type { ChatId } from '../chats.ts';
import type { ChatReader, ChatWriter } from '../store/chat-book.ts';
import type { ChatRecord } from './chat-record.ts';
import { dropMessage, keepMessage, type MessageRecord, padded, readMessage } from './message-record.ts';

const endingPrefix = 'ending/';
const endingKey = (endsAtMs: number, chatId: ChatId, id: string) =>
  `${endingPrefix}${padded(endsAtMs)}/${chatId}/${id}`;
const unreadPrefix = (chatId: ChatId) => `lasting/${chatId}/`;

/**
 * Begins the time of a message that disappears (ADR 95): of an own one when it was sent, of another's when it has been read here or on
 * another own device. Until then a row remembers it.
 * @returns the message to keep
 */
export function beginTimer(
  rows: ChatWriter,
  { readThroughMs }: Pick<ChatRecord, 'readThroughMs'>,
  selfId: string,
  message: MessageRecord,
  nowMs: number,
): MessageRecord {
  const { chatId, id, senderId, sentAtMs, lasts } = message;
  if (lasts === undefined) return message;
  // A device whose clock is behind the server's does not keep it longer.
  if (senderId === selfId) return endAt(rows, message, Math.min(nowMs, sentAtMs) + lasts * 1000);
  if (sentAtMs <= readThroughMs) return endAt(rows, message, nowMs + lasts * 1000);
  rows.put(`${unreadPrefix(chatId)}${padded(sentAtMs)}/${id}`, id);
  return message;
}

/** Everything that was sent until then has been read. */
export async function beginTimers(
  rows: ChatWriter,
  chatId: ChatId,
  throughMs: number,
  nowMs: number,
): Promise<void> {
  const prefix = unreadPrefix(chatId);
  for (const { key, value: id } of await rows.list<string>({
    prefix,
    before: prefix + padded(throughMs + 1),
  })) {
    rows.delete(key);
    const message = await readMessage(rows, chatId, id);
    if (message?.lasts !== undefined) keepMessage(rows, endAt(rows, message, nowMs + message.lasts * 1000));
  }
}

/** When the next message disappears; null when none is to. */
export async function nextEndingMs(rows: ChatReader): Promise<number | null> {
  const [next] = await rows.list({ prefix: endingPrefix, limit: 1 });
  return next === undefined ? null : Number(next.key.split('/')[1]);
}

/** Takes what has had its time off this device. @returns the conversations that changed */
export async function dropEnded(rows: ChatWriter, nowMs: number): Promise<readonly ChatId[]> {
  const changed = new Set<ChatId>();
  for (const { key } of await rows.list({ prefix: endingPrefix, before: endingPrefix + padded(nowMs + 1) })) {
    rows.delete(key);
    const [, , chatId, id] = key.split('/');
    if (chatId === undefined || id === undefined) continue;
    await dropMessage(rows, chatId, id);
    changed.add(chatId);
  }
  return [...changed];
}

export async function dropTimers(rows: ChatWriter, chatId: ChatId): Promise<void> {
  for (const { key } of await rows.list({ prefix: unreadPrefix(chatId) })) rows.delete(key);
}

function endAt(rows: ChatWriter, message: MessageRecord, endsAtMs: number): MessageRecord {
  rows.put(endingKey(endsAtMs, message.chatId, message.id), true);
  return { ...message, endsAtMs };
}
