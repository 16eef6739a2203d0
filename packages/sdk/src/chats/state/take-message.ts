import { type MessageContent, toBase64url } from '@hexkey/protocol';
import type { ChatId } from '../chats.ts';
import type { ChatWriter } from '../store/chat-book.ts';
import { amendChat, type ChatRecord, isLater, keepChat, mayAdminister, readChat } from './chat-record.ts';
import {
  dropLooseEnds,
  isSpoken,
  keepLooseEnds,
  keepMessage,
  looseEnds,
  type MessageBody,
  type MessageRecord,
  messagesBefore,
  type Reactions,
  readMessage,
} from './message-record.ts';

/** A message the server has taken, with what MLS says about its sender. */
export interface TakenMessage {
  readonly chatId: ChatId;
  readonly id: string;
  readonly senderId: string;
  /** Server time; the order of messages, the same for everybody. */
  readonly sentAtMs: number;
  readonly content: MessageContent;
}

/**
 * Enters a message into what is kept. The same messages leave the same state in whatever order they are entered and however often:
 * own ones come as the server's answers, the others as envelopes, and both again after a lost connection.
 * @param selfId the owner's account
 */
export async function takeMessage(rows: ChatWriter, selfId: string, taken: TakenMessage): Promise<void> {
  const { content } = taken;
  switch (content.kind) {
    case 'text':
      return enter(rows, selfId, taken, { kind: 'text', text: content.text }, content.replyTo);
    case 'contact':
    case 'transfer':
      return enter(rows, selfId, taken, content, null);
    case 'unknown':
      return enter(rows, selfId, taken, { kind: 'unknown' }, null);
    case 'reaction':
      return react(rows, taken, content.messageId, content.emoji);
    case 'delete':
      return deleteForEveryone(rows, taken, content.messageId);
    case 'read':
      return noteRead(rows, selfId, taken, content.throughMs);
    case 'profile':
      return takeProfile(rows, selfId, taken, content);
    case 'typing':
      return;
  }
}

/** Something that happened, or that came and could not be opened, as a line of its own. @param id of the envelope that said so */
export async function takeEvent(
  rows: ChatWriter,
  selfId: string,
  event: Omit<TakenMessage, 'content'>,
  body: MessageBody,
): Promise<void> {
  await enter(rows, selfId, event, body, null);
}

async function enter(
  rows: ChatWriter,
  selfId: string,
  { chatId, id, senderId, sentAtMs }: Omit<TakenMessage, 'content'>,
  body: MessageBody,
  replyTo: string | null,
): Promise<void> {
  const chat = await readChat(rows, chatId);
  if (chat === null || (await readMessage(rows, chatId, id)) !== null) return;
  const { reactions, deletions } = await looseEnds(rows, chatId, id);
  dropLooseEnds(rows, chatId, id);
  const message: MessageRecord = {
    ...{ id, chatId, senderId, sentAtMs, body, replyTo, reactions },
    arrival: chat.arrivals,
    isDelivered: false,
  };
  const isDeleted = deletions.some(({ by, asAdmin }) => asAdmin || by === senderId);
  keepMessage(rows, isDeleted ? withoutContent(message) : message);
  const isNews = countsAsUnread(message, selfId) && sentAtMs > chat.readThroughMs;
  keepChat(rows, {
    ...chat,
    arrivals: chat.arrivals + 1,
    lastMs: Math.max(chat.lastMs, sentAtMs),
    unread: chat.unread + (isNews ? 1 : 0),
    isHidden: false,
  });
}

async function react(
  rows: ChatWriter,
  { chatId, id, senderId, sentAtMs }: TakenMessage,
  messageId: string,
  emoji: string | null,
): Promise<void> {
  const reaction = { emoji, atMs: sentAtMs, id };
  const withReaction = (before: Reactions): Reactions =>
    isLater(reaction, before[senderId]) ? { ...before, [senderId]: reaction } : before;
  const message = await readMessage(rows, chatId, messageId);
  if (message !== null) {
    if (message.body.kind === 'deleted') return;
    keepMessage(rows, { ...message, reactions: withReaction(message.reactions) });
    return;
  }
  const ends = await looseEnds(rows, chatId, messageId);
  keepLooseEnds(rows, chatId, messageId, { ...ends, reactions: withReaction(ends.reactions) });
}

async function deleteForEveryone(
  rows: ChatWriter,
  { chatId, senderId }: TakenMessage,
  messageId: string,
): Promise<void> {
  const chat = await readChat(rows, chatId);
  if (chat === null) return;
  const asAdmin = mayAdminister(chat, senderId);
  const message = await readMessage(rows, chatId, messageId);
  if (message === null) {
    const ends = await looseEnds(rows, chatId, messageId);
    const deletions = [...ends.deletions, { by: senderId, asAdmin }];
    keepLooseEnds(rows, chatId, messageId, { ...ends, deletions });
  } else if (isDeletable(message) && (asAdmin || message.senderId === senderId))
    keepMessage(rows, withoutContent(message));
}

async function noteRead(
  rows: ChatWriter,
  selfId: string,
  { chatId, senderId }: TakenMessage,
  throughMs: number,
): Promise<void> {
  if (senderId === selfId) return readThrough(rows, selfId, chatId, throughMs);
  await amendChat(rows, chatId, ({ reads }) => ({
    reads: { ...reads, [senderId]: Math.max(reads[senderId] ?? 0, throughMs) },
  }));
}

/** The owner has read everything up to that time, here or on another device. */
export async function readThrough(
  rows: ChatWriter,
  selfId: string,
  chatId: ChatId,
  throughMs: number,
): Promise<void> {
  const chat = await readChat(rows, chatId);
  if (chat === null || throughMs <= chat.readThroughMs) return;
  keepChat(rows, {
    ...chat,
    readThroughMs: throughMs,
    unread: await countUnread(rows, selfId, chatId, throughMs, chat.unread),
  });
}

/** Looks no further back than there are unread ones. */
async function countUnread(
  rows: ChatWriter,
  selfId: string,
  chatId: ChatId,
  throughMs: number,
  atMost: number,
): Promise<number> {
  let count = 0;
  let before: MessageRecord | null = null;
  while (count < atMost) {
    const page: readonly MessageRecord[] = await messagesBefore(rows, chatId, before, 50);
    const unread = page.filter(({ sentAtMs }) => sentAtMs > throughMs);
    count += unread.filter((message) => countsAsUnread(message, selfId)).length;
    if (unread.length < 50) break;
    before = page.at(-1) ?? null;
  }
  return count;
}

async function takeProfile(
  rows: ChatWriter,
  selfId: string,
  taken: TakenMessage,
  { name, picture }: Extract<MessageContent, { kind: 'profile' }>,
): Promise<void> {
  const { chatId, id, senderId, sentAtMs } = taken;
  const chat = await readChat(rows, chatId);
  if (chat === null || !mayProfile(chat, senderId)) return;
  const next = { name, picture: picture === null ? null : toBase64url(picture), atMs: sentAtMs, id };
  if (!isLater(next, chat.profile)) return;
  keepChat(rows, { ...chat, profile: next });
  // The first profile, and one that is said again to whoever joins, is no news.
  if (chat.profile === null) return;
  if (chat.profile.name !== name) await enter(rows, selfId, taken, { kind: 'renamed', name }, null);
  else if (chat.profile.picture !== next.picture)
    await enter(rows, selfId, taken, { kind: 'picture-changed' }, null);
}

/** A device that has just joined takes the name from whoever tells it first; what owner or admins say later replaces it. */
const mayProfile = (chat: ChatRecord, senderId: string) =>
  mayAdminister(chat, senderId) || (chat.kind !== 'direct' && chat.profile === null);

const isDeletable = ({ body }: MessageRecord) =>
  isSpoken(body) || body.kind === 'unknown' || body.kind === 'unreadable';

const countsAsUnread = (message: MessageRecord, selfId: string) =>
  message.senderId !== selfId && (isDeletable(message) || message.body.kind === 'deleted');

const withoutContent = (message: MessageRecord): MessageRecord => ({
  ...message,
  body: { kind: 'deleted' },
  replyTo: null,
  reactions: {},
});
