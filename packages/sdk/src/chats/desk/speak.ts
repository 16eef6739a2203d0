import { DomainError } from '@hexkey/contract';
import { contentLimits, type Lasting, type Poll, pollOptions, utf8 } from '@hexkey/protocol';
import { dropPieces } from '../attachments/pieces.ts';
import { takeBack } from '../attachments/take-back.ts';
import type { NewMessage } from '../chats.ts';
import { mayAdminister, readChat } from '../state/chat-record.ts';
import { dropMessage, messagesBefore, readMessage } from '../state/message-record.ts';
import {
  dropOrder,
  fileOf,
  keepOrder,
  listOrders,
  type Order,
  type OrderedContent,
  placeOrder,
} from '../state/order-record.ts';
import { readPeople } from '../state/person-record.ts';
import { showsReads } from '../state/read-receipts.ts';
import { readThrough } from '../state/take-message.ts';
import type { ChatReader } from '../store/chat-book.ts';
import { isRequest, obstacleOf, timerOf } from '../view/show-chats.ts';
import { chatOf, type Desk, onlookerOf, order } from './desk.ts';
import { whoChanged } from './read-chats.ts';

/** @throws {DomainError} `NotFound` (chat), `ChatClosed`, `MessageTooLong`, `InvalidField` (text) */
export async function send(desk: Desk, chatId: string, message: NewMessage): Promise<string> {
  await requireOpen(desk, chatId);
  const content = { ...(await contentOf(desk, message)), ...(await lastingIn(desk, chatId)) };
  if (message.kind !== 'transfer') return order(desk, chatId, { kind: 'say', content });
  await sayOnce(desk, chatId, message.id, content);
  return message.id;
}

/** What is said in a conversation with a timer says how long it lasts, whether or not the timer has gone out yet. */
export async function lastingIn({ book }: Desk, chatId: string): Promise<Lasting> {
  const lasts = timerOf(await readChat(book, chatId), await listOrders(book));
  return lasts === 0 ? {} : { lasts };
}

/** Nothing happens when the message was sent, or waits to be. */
async function sayOnce(desk: Desk, chatId: string, id: string, content: OrderedContent): Promise<void> {
  const { book, client, changed } = desk;
  await book.change(async (rows) => {
    if ((await orderOf(rows, id)) !== null || (await readMessage(rows, chatId, id)) !== null) return;
    const orderedAtMs = client.deps.clock.now();
    await placeOrder(rows, { id, chatId, task: { kind: 'say', content }, orderedAtMs, isAwaited: false });
  });
  changed(chatId);
}

/** @throws {DomainError} `NotFound` (chat, message), `ChatClosed` */
export async function resend(desk: Desk, chatId: string, messageId: string): Promise<void> {
  await requireOpen(desk, chatId);
  const waiting = await orderOf(desk.book, messageId);
  if (waiting === null) throw new DomainError('NotFound', { what: 'message' });
  await desk.book.change(async (rows) => keepOrder(rows, { ...waiting, failed: null }));
  desk.changed(chatId);
}

/** @throws {DomainError} `NotFound` (chat, message), `ChatClosed`, `InvalidField` (emoji) */
export async function react(
  desk: Desk,
  chatId: string,
  messageId: string,
  emoji: string | null,
): Promise<void> {
  await requireOpen(desk, chatId);
  if (emoji !== null && !isOneEmoji(emoji))
    throw new DomainError('InvalidField', { field: 'emoji', problem: 'not one emoji' });
  if ((await readMessage(desk.book, chatId, messageId)) === null)
    throw new DomainError('NotFound', { what: 'message' });
  await order(desk, chatId, { kind: 'say', content: { kind: 'reaction', messageId, emoji } });
}

export async function deleteForMe(desk: Desk, chatId: string, messageId: string): Promise<void> {
  const unsent = await desk.book.change(async (rows) => {
    const waiting = await orderOf(rows, messageId);
    if (waiting !== null) dropOrder(rows, waiting);
    const file = waiting === null ? null : fileOf(waiting);
    if (file !== null) dropPieces(rows, file);
    await dropMessage(rows, chatId, messageId);
    return file;
  });
  if (unsent !== null) takeBack(desk, unsent.attachmentId);
  desk.changed(chatId);
}

/** What was not sent yet is taken back. @throws {DomainError} `NotFound` (chat, message), `Forbidden` */
export async function deleteForEveryone(desk: Desk, chatId: string, messageId: string): Promise<void> {
  const chat = await chatOf(desk, chatId);
  const message = await readMessage(desk.book, chatId, messageId);
  if (message === null) {
    if ((await orderOf(desk.book, messageId)) === null)
      throw new DomainError('NotFound', { what: 'message' });
    return deleteForMe(desk, chatId, messageId);
  }
  if (message.senderId !== desk.selfId && !mayAdminister(chat, desk.selfId))
    throw new DomainError('Forbidden', { reason: 'not-allowed' });
  if (message.senderId === desk.selfId && message.body.kind === 'attachment')
    takeBack(desk, message.body.attachmentId);
  await order(desk, chatId, { kind: 'say', content: { kind: 'delete', messageId } });
}

/** The owner has seen everything that is here. Others, and the owner's other devices, are told where read receipts are on. */
export async function markRead(desk: Desk, chatId: string): Promise<void> {
  const { book, selfId, client } = desk;
  const chat = await chatOf(desk, chatId);
  const [last] = await messagesBefore(book, chatId, null, 1);
  if (last === undefined || chat.unread === 0) return;
  const throughMs = last.sentAtMs;
  await book.change(async (rows) => {
    await readThrough(rows, selfId, chatId, throughMs, client.deps.clock.now());
    // A mark that has not been sent yet is overtaken by this one.
    for (const waiting of await listOrders(rows))
      if (waiting.chatId === chatId && isRead(waiting)) dropOrder(rows, waiting);
  });
  // Who asks to write learns nothing before there is an answer.
  const isAsked = isRequest({ people: await readPeople(book) }, chat, await listOrders(book));
  if ((await showsReads(book)) && chat.standing === 'in' && !isAsked)
    await order(desk, chatId, { kind: 'say', content: { kind: 'read', throughMs } });
  else desk.changed(chatId);
}

const isRead = ({ task }: Order) => task.kind === 'say' && task.content.kind === 'read';

/** @throws {DomainError} `ChatClosed`; one that this device is joining takes messages, and sends them when it is in */
export async function requireOpen(desk: Desk, chatId: string): Promise<void> {
  const chat = await chatOf(desk, chatId);
  const obstacle = obstacleOf(await onlookerOf(desk), chat, (await whoChanged(desk, chat)) !== null);
  if (obstacle !== null && obstacle !== 'joining') throw new DomainError('ChatClosed', { obstacle });
}

type Sayable = Extract<OrderedContent, { kind: 'text' | 'contact' | 'transfer' | 'poll' }>;

async function contentOf({ book }: Desk, message: NewMessage): Promise<Sayable> {
  if (message.kind === 'text') {
    const { text, replyTo = null } = message;
    requireText(text);
    return { kind: 'text', text, replyTo };
  }
  if (message.kind === 'poll') {
    const { kind, question, options, several } = message;
    if (!isPoll(message))
      throw new DomainError('InvalidField', { field: 'poll', problem: 'empty, too long or too many' });
    return { kind, question, options, several };
  }
  if (message.kind === 'transfer') {
    const { id: _, ...card } = message;
    return card;
  }
  const { hexkeyId, name = null } = message;
  const people = [...(await readPeople(book)).values()];
  const known = people.find(({ person }) => person.hexkeyId === hexkeyId)?.person.name ?? null;
  return { kind: 'contact', hexkeyId, name: name ?? known };
}

/** @throws {DomainError} `InvalidField` (text), `MessageTooLong` */
export function requireText(text: string): void {
  if (text === '') throw new DomainError('InvalidField', { field: 'text', problem: 'empty' });
  if (utf8(text).length > contentLimits.text)
    throw new DomainError('MessageTooLong', { maxBytes: contentLimits.text });
}

function isPoll({ question, options }: Poll): boolean {
  const isText = (text: string, limit: number) => text !== '' && utf8(text).length <= limit;
  return (
    isText(question, contentLimits.question) &&
    options.length >= pollOptions.least &&
    options.length <= pollOptions.most &&
    options.every((option) => isText(option, contentLimits.option))
  );
}

export async function orderOf(rows: ChatReader, id: string): Promise<Order | null> {
  return (await listOrders(rows)).find((each) => each.id === id) ?? null;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

function isOneEmoji(text: string): boolean {
  const isPicture = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(text);
  return isPicture && [...segmenter.segment(text)].length === 1 && utf8(text).length <= contentLimits.emoji;
}
