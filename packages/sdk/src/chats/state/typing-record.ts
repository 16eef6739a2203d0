import type { ChatId } from '../chats.ts';
import type { ChatReader, ChatWriter } from '../store/chat-book.ts';

/** Somebody who was typing a moment ago. */
export interface TypingRecord {
  readonly chatId: ChatId;
  readonly accountId: string;
  /** This device's time. */
  readonly atMs: number;
}

/** A device that types says so every 5 s at most. */
export const typingLastsMs = 6000;

const typingPrefix = 'typing/';
const keyOf = ({ chatId, accountId }: Omit<TypingRecord, 'atMs'>) => `${typingPrefix}${chatId}/${accountId}`;

export function noteTyping(rows: ChatWriter, record: TypingRecord): void {
  rows.put(keyOf(record), record);
}

/** They have sent what they typed. */
export async function endTyping(rows: ChatWriter, who: Omit<TypingRecord, 'atMs'>): Promise<void> {
  if ((await rows.get(keyOf(who))) !== null) rows.delete(keyOf(who));
}

export async function listTyping(rows: ChatReader): Promise<readonly TypingRecord[]> {
  return (await rows.list<TypingRecord>({ prefix: typingPrefix })).map(({ value }) => value);
}
