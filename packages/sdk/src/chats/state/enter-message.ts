import type { ChatWriter } from '../store/chat-book.ts';
import { keepChat, readChat } from './chat-record.ts';
import { beginTimer } from './ending-record.ts';
import {
  dropLooseEnds,
  type Entry,
  isSpoken,
  keepLooseEnds,
  keepSaid,
  looseEnds,
  type MessageBody,
  type MessageRecord,
  readMessage,
} from './message-record.ts';
import { withEdit } from './take-edit.ts';
import { withVotes } from './take-vote.ts';

/** Something that happened, or that came and could not be opened, as a line of its own. @param id of the envelope that said so */
export async function takeEvent(
  rows: ChatWriter,
  selfId: string,
  event: Entry,
  body: MessageBody,
): Promise<void> {
  await enter(rows, selfId, event, { body, replyTo: null, nowMs: event.sentAtMs });
}

/** What is entered. */
interface Line {
  readonly body: MessageBody;
  readonly replyTo: string | null;
  /** Seconds, of one that disappears. */
  readonly lasts?: number | undefined;
  /** This device's time. */
  readonly nowMs: number;
}

/** Enters a line, with what came about it before. Does nothing when it is there. */
export async function enter(
  rows: ChatWriter,
  selfId: string,
  { chatId, id, senderId, sentAtMs }: Entry,
  { body, replyTo, lasts, nowMs }: Line,
): Promise<void> {
  const chat = await readChat(rows, chatId);
  const there = await readMessage(rows, chatId, id);
  // What an earlier version could not read stands there already, with what came about it.
  const lasting = lasts === undefined ? {} : { lasts };
  if (chat !== null && there?.body.kind === 'unknown' && there.senderId === senderId) {
    const again = { ...there, body, replyTo, ...lasting };
    return keepReadAgain(rows, beginTimer(rows, chat, selfId, again, nowMs));
  }
  if (chat === null || there !== null) return;
  const { reactions, deletions, edits, votes } = await looseEnds(rows, chatId, id);
  dropLooseEnds(rows, chatId, id);
  const fresh: MessageRecord = {
    ...{ id, chatId, senderId, sentAtMs, body, replyTo, reactions },
    arrival: chat.arrivals,
    isDelivered: false,
    ...lasting,
  };
  // About what is still unknown edits and votes wait on.
  if (body.kind === 'unknown' && (edits.length > 0 || Object.keys(votes).length > 0))
    keepLooseEnds(rows, chatId, id, { reactions: {}, deletions: [], edits, votes });
  const message = beginTimer(rows, chat, selfId, withVotes(edits.reduce(withEdit, fresh), votes), nowMs);
  const isDeleted = isDeletable(fresh) && deletions.some(({ by, asAdmin }) => asAdmin || by === senderId);
  await keepSaid(rows, isDeleted ? withoutContent(message) : message);
  const isNews = countsAsUnread(message, selfId) && sentAtMs > chat.readThroughMs;
  keepChat(rows, {
    ...chat,
    arrivals: chat.arrivals + 1,
    lastMs: Math.max(chat.lastMs, sentAtMs),
    unread: chat.unread + (isNews ? 1 : 0),
    isHidden: false,
    ...(senderId !== selfId && chat.request === 'none' && { request: 'asked' as const }),
  });
}

/** @param message with what it turned out to say */
async function keepReadAgain(rows: ChatWriter, message: MessageRecord): Promise<void> {
  const { edits, votes } = await looseEnds(rows, message.chatId, message.id);
  dropLooseEnds(rows, message.chatId, message.id);
  await keepSaid(rows, withVotes(edits.reduce(withEdit, message), votes));
}

export const isDeletable = ({ body }: MessageRecord) =>
  isSpoken(body) || body.kind === 'unknown' || body.kind === 'unreadable';

export const countsAsUnread = (message: MessageRecord, selfId: string) =>
  message.senderId !== selfId && (isDeletable(message) || message.body.kind === 'deleted');

export const withoutContent = ({ edited: _, votes: _votes, ...message }: MessageRecord): MessageRecord => ({
  ...message,
  body: { kind: 'deleted' },
  replyTo: null,
  reactions: {},
});
