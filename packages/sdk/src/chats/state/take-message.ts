import { type MessageContent, toBase64url, type UnknownContent } from '@hexkey/protocol';
import { dropPieces } from '../attachments/pieces.ts';
import type { ChatId } from '../chats.ts';
import type { ChatWriter } from '../store/chat-book.ts';
import {
  accepted,
  amendChat,
  type ChatRecord,
  isAnswer,
  isLater,
  keepChat,
  mayAdminister,
  mayPin,
  readChat,
} from './chat-record.ts';
import { beginTimers } from './ending-record.ts';
import { countsAsUnread, enter, isDeletable, takeEvent, withoutContent } from './enter-message.ts';
import { dropLater, keepLater } from './later-record.ts';
import {
  type Entry,
  keepLooseEnds,
  keepMessage,
  keepSaid,
  looseEnds,
  type MessageRecord,
  messagesBefore,
  type Reactions,
  readMessage,
} from './message-record.ts';
import { takeEdit } from './take-edit.ts';
import { takeVote } from './take-vote.ts';

/** A message the server has taken, with what MLS says about its sender. */
export interface TakenMessage extends Entry {
  /** This device's time. */
  readonly nowMs: number;
  readonly content: MessageContent;
}

/**
 * Enters a message into what is kept. The same messages leave the same state in whatever order they are entered and however often:
 * own ones come as the server's answers, the others as envelopes, and both again after a lost connection.
 * @param selfId the owner's account
 */
export async function takeMessage(rows: ChatWriter, selfId: string, taken: TakenMessage): Promise<void> {
  const { content, senderId, chatId } = taken;
  if (senderId === selfId && isAnswer(content)) await amendChat(rows, chatId, accepted);
  switch (content.kind) {
    case 'text':
    case 'contact':
    case 'transfer':
    case 'poll':
    case 'attachment':
      return say(rows, selfId, taken, content);
    case 'unknown':
      return takeUnknown(rows, selfId, taken, content);
    case 'edit':
      return takeEdit(rows, taken, content.messageId, content.text);
    case 'vote':
      return takeVote(rows, taken, content.messageId, content.choices);
    case 'reaction':
      return react(rows, taken, content.messageId, content.emoji);
    case 'timer':
      return takeTimer(rows, selfId, taken, content.seconds);
    case 'pin':
      return pin(rows, selfId, taken, content);
    case 'delete':
      return deleteForEveryone(rows, taken, content.messageId);
    case 'read':
      return noteRead(rows, selfId, taken, content.throughMs);
    case 'profile':
      return takeProfile(rows, selfId, taken, content);
    case 'accept':
    case 'typing':
      return;
  }
}

type Said = Extract<MessageContent, { kind: 'text' | 'contact' | 'transfer' | 'poll' | 'attachment' }>;

async function say(rows: ChatWriter, selfId: string, taken: TakenMessage, content: Said): Promise<void> {
  const { lasts, ...said } = content;
  const { replyTo = null, ...body } = { replyTo: null, ...said };
  if (lasts !== undefined) await adoptTimer(rows, taken.chatId, lasts);
  await enter(rows, selfId, taken, { body, replyTo, lasts, nowMs: taken.nowMs });
}

/** A device that came into a conversation of two after its timer was set learns of it by what is said. */
async function adoptTimer(rows: ChatWriter, chatId: ChatId, seconds: number): Promise<void> {
  await amendChat(rows, chatId, ({ kind, timer }) =>
    kind === 'direct' && timer === undefined ? { timer: { seconds, atMs: 0, id: '' } } : {},
  );
}

/** Its bytes wait for the version that knows it; until then a line says so, unless its sender says that it is none. */
async function takeUnknown(
  rows: ChatWriter,
  selfId: string,
  taken: TakenMessage,
  { isSilent, plaintext }: UnknownContent,
): Promise<void> {
  const { chatId, id } = taken;
  const line = { body: { kind: 'unknown' }, replyTo: null, nowMs: taken.nowMs } as const;
  if (!isSilent) await enter(rows, selfId, taken, line);
  const there = await readMessage(rows, chatId, id);
  const isKept = isSilent ? (await readChat(rows, chatId)) !== null : there?.body.kind === 'unknown';
  if (isKept) await keepLater(rows, { ...taken, plaintext });
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

/** The last word about a message counts. That one was pinned is a line too, whatever became of it. */
async function pin(
  rows: ChatWriter,
  selfId: string,
  taken: TakenMessage,
  { messageId, pinned }: Extract<MessageContent, { kind: 'pin' }>,
): Promise<void> {
  const { chatId, id, senderId, sentAtMs } = taken;
  const chat = await readChat(rows, chatId);
  if (chat === null || !mayPin(chat, senderId)) return;
  const next = { pinned, atMs: sentAtMs, id };
  if (isLater(next, chat.pins?.[messageId]))
    keepChat(rows, { ...chat, pins: { ...chat.pins, [messageId]: next } });
  if (pinned) await takeEvent(rows, selfId, taken, { kind: 'pinned' });
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
  } else if (isDeletable(message) && (asAdmin || message.senderId === senderId)) {
    dropLater(rows, chatId, messageId);
    if (message.body.kind === 'attachment') dropPieces(rows, message.body);
    await keepSaid(rows, withoutContent(message));
  }
}

async function noteRead(
  rows: ChatWriter,
  selfId: string,
  { chatId, senderId, nowMs }: TakenMessage,
  throughMs: number,
): Promise<void> {
  if (senderId === selfId) return readThrough(rows, selfId, chatId, throughMs, nowMs);
  await amendChat(rows, chatId, ({ reads }) => ({
    reads: { ...reads, [senderId]: Math.max(reads[senderId] ?? 0, throughMs) },
  }));
}

/** The owner has read everything up to that time, here or on another device. @param nowMs this device's time */
export async function readThrough(
  rows: ChatWriter,
  selfId: string,
  chatId: ChatId,
  throughMs: number,
  nowMs: number,
): Promise<void> {
  const chat = await readChat(rows, chatId);
  if (chat === null || throughMs <= chat.readThroughMs) return;
  await beginTimers(rows, chatId, throughMs, nowMs);
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

/** From owner and admins, or either of two; a device that has just joined a group takes it from whoever tells it first, as the name. */
async function takeTimer(
  rows: ChatWriter,
  selfId: string,
  taken: TakenMessage,
  seconds: number,
): Promise<void> {
  const { chatId, id, senderId, sentAtMs } = taken;
  const chat = await readChat(rows, chatId);
  if (chat === null || !(mayPin(chat, senderId) || mayProfile(chat, senderId))) return;
  const next = { seconds, atMs: sentAtMs, id };
  if (!isLater(next, chat.timer)) return;
  keepChat(rows, { ...chat, timer: next });
  if (seconds !== (chat.timer?.seconds ?? 0))
    await takeEvent(rows, selfId, taken, { kind: 'timer', seconds });
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
  if (chat.profile.name !== name) await takeEvent(rows, selfId, taken, { kind: 'renamed', name });
  else if (chat.profile.picture !== next.picture)
    await takeEvent(rows, selfId, taken, { kind: 'picture-changed' });
}

/** A device that has just joined takes the name from whoever tells it first; what owner or admins say later replaces it. */
const mayProfile = (chat: ChatRecord, senderId: string) =>
  mayAdminister(chat, senderId) || (chat.kind !== 'direct' && chat.profile === null);
