import type { ChatWriter } from '../store/chat-book.ts';
import { isLater } from './chat-record.ts';
import {
  type Entry,
  keepLooseEnds,
  keepMessage,
  looseEnds,
  type MessageRecord,
  readMessage,
  type Votes,
} from './message-record.ts';

/** Everybody has one vote, the last one. */
export async function takeVote(
  rows: ChatWriter,
  { chatId, id, senderId, sentAtMs }: Entry,
  messageId: string,
  choices: readonly number[],
): Promise<void> {
  const vote: Votes = { [senderId]: { choices, atMs: sentAtMs, id } };
  const message = await readMessage(rows, chatId, messageId);
  if (message !== null && message.body.kind !== 'unknown') return keepMessage(rows, withVotes(message, vote));
  const ends = await looseEnds(rows, chatId, messageId);
  keepLooseEnds(rows, chatId, messageId, { ...ends, votes: later(ends.votes, vote) });
}

export function withVotes(message: MessageRecord, votes: Votes): MessageRecord {
  if (message.body.kind !== 'poll' || Object.keys(votes).length === 0) return message;
  return { ...message, votes: later(message.votes ?? {}, votes) };
}

function later(before: Votes, votes: Votes): Votes {
  const newer = Object.entries(votes).filter(([account, vote]) => isLater(vote, before[account]));
  return { ...before, ...Object.fromEntries(newer) };
}
