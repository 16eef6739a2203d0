import { fromBase64url, toBase64url } from '@hexkey/protocol';
import type { ChatId } from '../chats.ts';
import type { ChatReader, ChatWriter } from '../store/chat-book.ts';

/** What a newer version said: its bytes, until this device has that version (ADR 96). */
export interface LaterRecord {
  readonly chatId: ChatId;
  readonly id: string;
  readonly senderId: string;
  readonly sentAtMs: number;
  readonly plaintext: Uint8Array;
}

type LaterRow = Omit<LaterRecord, 'plaintext'> & { readonly plaintext: string };

const laterPrefix = 'later/';
const keyOf = (chatId: ChatId, id: string) => `${laterPrefix}${chatId}/${id}`;

/** The first that says an id has it. */
export async function keepLater(rows: ChatWriter, record: LaterRecord): Promise<void> {
  const { chatId, id, senderId, sentAtMs, plaintext } = record;
  const key = keyOf(chatId, id);
  if ((await rows.get(key)) !== null) return;
  const row: LaterRow = { chatId, id, senderId, sentAtMs, plaintext: toBase64url(plaintext) };
  rows.put(key, row);
}

export function dropLater(rows: ChatWriter, chatId: ChatId, id: string): void {
  rows.delete(keyOf(chatId, id));
}

/** In the order of the server. @param chatId of one conversation; null: of all */
export async function listLater(rows: ChatReader, chatId: ChatId | null): Promise<readonly LaterRecord[]> {
  const prefix = chatId === null ? laterPrefix : keyOf(chatId, '');
  return (await rows.list<LaterRow>({ prefix }))
    .map(({ value }) => ({ ...value, plaintext: fromBase64url(value.plaintext) }))
    .sort((left, right) => left.sentAtMs - right.sentAtMs);
}
