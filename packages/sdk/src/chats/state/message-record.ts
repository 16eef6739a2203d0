import type { Attachment, Forwardable, Poll, TransferCard } from '@hexkey/protocol';
import { dropPieces } from '../attachments/pieces.ts';
import type { ChatId, GroupRole } from '../chats.ts';
import type { ChatReader, ChatWriter } from '../store/chat-book.ts';
import type { Stamp } from './chat-record.ts';
import { dropLater, listLater } from './later-record.ts';
import { dropTexts, keepText } from './text-index.ts';

/** What is kept of what a message said, or of what happened; people are account ids. */
export type MessageBody =
  | ({ readonly kind: 'text'; readonly text: string } & Forwardable)
  | ({ readonly kind: 'contact'; readonly hexkeyId: string; readonly name: string | null } & Forwardable)
  | ({ readonly kind: 'transfer' } & TransferCard)
  | ({ readonly kind: 'poll' } & Poll)
  | ({ readonly kind: 'attachment' } & Attachment)
  | { readonly kind: 'deleted' | 'unknown' | 'unreadable' }
  | { readonly kind: 'created' | 'picture-changed' | 'history-begins' | 'pinned' }
  | { readonly kind: 'added' | 'removed'; readonly who: readonly string[] }
  | { readonly kind: 'left' | 'joined-by-link' | 'security-code-changed'; readonly who: string }
  | { readonly kind: 'renamed'; readonly name: string }
  | { readonly kind: 'timer'; readonly seconds: number }
  | { readonly kind: 'role'; readonly who: string; readonly role: GroupRole };

/** What people say to each other, as against what they do in a conversation. */
const spoken = ['text', 'contact', 'transfer', 'poll', 'attachment'] as const;
type Spoken = { readonly kind: (typeof spoken)[number] };

export const isSpoken = <Content extends { readonly kind: string }>(
  content: Content,
): content is Extract<Content, Spoken> => (spoken as readonly string[]).includes(content.kind);

/** By account; what counts of them is for the poll to say. */
export type Votes = Readonly<Record<string, Stamp & { readonly choices: readonly number[] }>>;

export type Reactions = Readonly<Record<string, Stamp & { readonly emoji: string | null }>>;

/** Where something that was said or that happened stands, and who did. */
export interface Entry {
  readonly chatId: ChatId;
  readonly id: string;
  readonly senderId: string;
  /** Server time; the order of messages, the same for everybody. */
  readonly sentAtMs: number;
}

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
  /** Of a poll. */
  readonly votes?: Votes;
  /** Of a text that its sender has changed: the change that counts. */
  readonly edited?: Stamp;
  /** Of one that disappears: so many seconds after `beginTimer`. */
  readonly lasts?: number;
  /** When it does, by this device's clock; absent while it has not been read. */
  readonly endsAtMs?: number;
  /** Every device of every receiver has it; of own messages. */
  readonly isDelivered: boolean;
}

/** What came about a message before the message: an own device may learn of both in either order. */
export interface LooseEnds {
  readonly reactions: Reactions;
  readonly deletions: readonly { readonly by: string; readonly asAdmin: boolean }[];
  readonly edits: readonly Edit[];
  readonly votes: Votes;
}

/** Another text for a message. */
export interface Edit extends Stamp {
  readonly by: string;
  readonly text: string;
}

/** Where a message stands in its conversation. */
export type MessagePlace = Pick<MessageRecord, 'sentAtMs' | 'arrival'>;

/** Numbers as keys have them: in order. */
export const padded = (number: number) => String(number).padStart(15, '0');
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

/** The same where what it says is new, so that it is found by that. */
export async function keepSaid(rows: ChatWriter, message: MessageRecord): Promise<void> {
  keepMessage(rows, message);
  await keepText(rows, message, searchedIn(message.body));
}

/** What a message is found by. */
export function searchedIn(body: MessageBody): string | null {
  switch (body.kind) {
    case 'text':
      return body.text;
    case 'contact':
      return `${body.name ?? ''} ${body.hexkeyId}`;
    case 'transfer':
      return body.memo;
    case 'attachment':
      return body.name;
    case 'poll':
      return [body.question, ...body.options].join(' ');
    default:
      return null;
  }
}

export async function dropMessage(rows: ChatWriter, chatId: ChatId, id: string): Promise<void> {
  const place = await rows.get<MessagePlace>(placeKey(chatId, id));
  if (place === null) return;
  const message = await rows.get<MessageRecord>(messageKey(chatId, place));
  if (message?.body.kind === 'attachment') dropPieces(rows, message.body);
  rows.delete(placeKey(chatId, id));
  rows.delete(messageKey(chatId, place));
  rows.delete(undeliveredPrefix + id);
  dropLater(rows, chatId, id);
  await keepText(rows, { chatId, id, ...place }, null);
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
  const kept = await rows.get<Partial<LooseEnds>>(looseKey(chatId, id));
  return { reactions: {}, deletions: [], edits: [], votes: {}, ...kept };
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
  for (const { value } of await rows.list<MessageRecord>({ prefix: messagePrefix(chatId) }))
    if (value.body.kind === 'attachment') dropPieces(rows, value.body);
  for (const prefix of [messagePrefix(chatId), placeKey(chatId, ''), looseKey(chatId, '')])
    for (const { key } of await rows.list({ prefix })) rows.delete(key);
  for (const { id } of await listLater(rows, chatId)) dropLater(rows, chatId, id);
  await dropTexts(rows, chatId);
}
