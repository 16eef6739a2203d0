import type { TransferCard } from '@hexkey/protocol';
import type { ChatId, GroupRole } from '../chats.ts';
import type { ChatReader, ChatWriter } from '../store/chat-book.ts';
import type { Stamp } from './chat-record.ts';

/** What is kept of what a message said, or of what happened; people are account ids. */
export type MessageBody =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'contact'; readonly hexkeyId: string; readonly name: string | null }
  | ({ readonly kind: 'transfer' } & TransferCard)
  | { readonly kind: 'deleted' | 'unknown' | 'unreadable' }
  | { readonly kind: 'created' | 'picture-changed' | 'history-begins' }
  | { readonly kind: 'added' | 'removed'; readonly who: readonly string[] }
  | { readonly kind: 'left' | 'joined-by-link' | 'security-code-changed'; readonly who: string }
  | { readonly kind: 'renamed'; readonly name: string }
  | { readonly kind: 'role'; readonly who: string; readonly role: GroupRole };

/** What people say to each other, as against what they do in a conversation. */
const spoken = ['text', 'contact', 'transfer'] as const;
type Spoken = { readonly kind: (typeof spoken)[number] };

export const isSpoken = <Content extends { readonly kind: string }>(
  content: Content,
): content is Extract<Content, Spoken> => (spoken as readonly string[]).includes(content.kind);

export type Reactions = Readonly<Record<string, Stamp & { readonly emoji: string | null }>>;

/** A message that was sent, or something that happened. What waits to be sent is an order in the outbox. */
export interface MessageRecord {
  /** Client message id; of what happened, the id of the envelope that said so. */
  readonly id: string;
  readonly chatId: ChatId;
  readonly senderId: string;
  /** Server time. */
  readonly sentAtMs: number;
  /** Which of its conversation it was to reach this device: the order within one millisecond. */
  readonly arrival: number;
  readonly body: MessageBody;
  readonly replyTo: string | null;
  /** By account. A null emoji is a reaction taken back: it must win over what it took back. */
  readonly reactions: Reactions;
  /** Every device of every receiver has it; of own messages. */
  readonly isDelivered: boolean;
}

/** What came about a message before the message: an own device may learn of both in either order. */
export interface LooseEnds {
  readonly reactions: Reactions;
  readonly deletions: readonly { readonly by: string; readonly asAdmin: boolean }[];
}

/** Where a message stands in its conversation. */
export type MessagePlace = Pick<MessageRecord, 'sentAtMs' | 'arrival'>;

const padded = (number: number) => String(number).padStart(15, '0');
const messagePrefix = (chatId: ChatId) => `message/${chatId}/`;
const messageKey = (chatId: ChatId, { sentAtMs, arrival }: MessagePlace) =>
  `${messagePrefix(chatId)}${padded(sentAtMs)}/${padded(arrival)}`;
const placeKey = (chatId: ChatId, id: string) => `place/${chatId}/${id}`;
const looseKey = (chatId: ChatId, id: string) => `loose/${chatId}/${id}`;
const undeliveredPrefix = 'undelivered/';

export async function readMessage(
  rows: ChatReader,
  chatId: ChatId,
  id: string,
): Promise<MessageRecord | null> {
  const place = await rows.get<MessagePlace>(placeKey(chatId, id));
  return place === null ? null : rows.get<MessageRecord>(messageKey(chatId, place));
}

/** Writes a message at its place, which never changes. */
export function keepMessage(rows: ChatWriter, message: MessageRecord): void {
  const { chatId, id, sentAtMs, arrival } = message;
  rows.put(placeKey(chatId, id), { sentAtMs, arrival } satisfies MessagePlace);
  rows.put(messageKey(chatId, message), message);
}

export async function dropMessage(rows: ChatWriter, chatId: ChatId, id: string): Promise<void> {
  const place = await rows.get<MessagePlace>(placeKey(chatId, id));
  if (place === null) return;
  rows.delete(placeKey(chatId, id));
  rows.delete(messageKey(chatId, place));
  rows.delete(undeliveredPrefix + id);
}

/** Newest first. @param before only messages older than this one; null: from the newest */
export async function messagesBefore(
  rows: ChatReader,
  chatId: ChatId,
  before: MessagePlace | null,
  limit: number,
): Promise<readonly MessageRecord[]> {
  const found = await rows.list<MessageRecord>({
    prefix: messagePrefix(chatId),
    newestFirst: true,
    limit,
    ...(before && { before: messageKey(chatId, before) }),
  });
  return found.map(({ value }) => value);
}

export async function looseEnds(rows: ChatReader, chatId: ChatId, id: string): Promise<LooseEnds> {
  return (await rows.get<LooseEnds>(looseKey(chatId, id))) ?? { reactions: {}, deletions: [] };
}

export function keepLooseEnds(rows: ChatWriter, chatId: ChatId, id: string, ends: LooseEnds): void {
  rows.put(looseKey(chatId, id), ends);
}

export function dropLooseEnds(rows: ChatWriter, chatId: ChatId, id: string): void {
  rows.delete(looseKey(chatId, id));
}

export function noteUndelivered(rows: ChatWriter, chatId: ChatId, id: string): void {
  rows.put(undeliveredPrefix + id, chatId);
}

/** Ids of own messages that some device may not have yet. */
export async function undelivered(rows: ChatReader): Promise<readonly string[]> {
  const found = await rows.list<ChatId>({ prefix: undeliveredPrefix });
  return found.map(({ key }) => key.slice(undeliveredPrefix.length));
}

/** @returns the conversations that changed */
export async function noteDelivered(rows: ChatWriter, ids: readonly string[]): Promise<readonly ChatId[]> {
  const changed = new Set<ChatId>();
  for (const id of ids) {
    const chatId = await rows.get<ChatId>(undeliveredPrefix + id);
    if (chatId === null) continue;
    rows.delete(undeliveredPrefix + id);
    const message = await readMessage(rows, chatId, id);
    if (message !== null) keepMessage(rows, { ...message, isDelivered: true });
    changed.add(chatId);
  }
  return [...changed];
}

/** Takes everything that was said in a conversation off this device. */
export async function dropMessages(rows: ChatWriter, chatId: ChatId): Promise<void> {
  for (const prefix of [messagePrefix(chatId), placeKey(chatId, ''), looseKey(chatId, '')])
    for (const { key } of await rows.list({ prefix })) rows.delete(key);
}
