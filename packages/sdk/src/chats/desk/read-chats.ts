import { DomainError } from '@hexkey/contract';
import type { ChatMessage, ChatSummary, Chats } from '../chats.ts';
import { type ChatRecord, listChats } from '../state/chat-record.ts';
import { isSpoken, type MessageRecord, messagesBefore, readMessage } from '../state/message-record.ts';
import { listOrders, type Order } from '../state/order-record.ts';
import { showChat, showGroup } from '../view/show-chats.ts';
import { type Onlooker, showMessage, showOrder } from '../view/show-messages.ts';
import { chatOf, type Desk, onlookerOf } from './desk.ts';
import { endDue } from './end-due.ts';

const pageLength = 50;

type Shown = ChatRecord & { readonly kind: 'direct' | 'group' };
const isShown = (chat: ChatRecord): chat is Shown => chat.kind !== null && !chat.isHidden;

/** Pinned first, then by the last message. */
export async function list(desk: Desk): Promise<readonly ChatSummary[]> {
  await endDue(desk);
  const onlooker = await onlookerOf(desk);
  const orders = await listOrders(desk.book);
  const chats = (await listChats(desk.book)).filter(isShown);
  const summaries = await Promise.all(
    chats.map(async (chat) => ({ chat, summary: await summaryOf(desk, onlooker, chat, orders) })),
  );
  return summaries
    .sort(
      (left, right) =>
        Number(right.chat.isPinned) - Number(left.chat.isPinned) ||
        timeOf(right.chat, right.summary) - timeOf(left.chat, left.summary),
    )
    .map(({ summary }) => summary);
}

const timeOf = ({ lastMs }: ChatRecord, { last }: ChatSummary) => Math.max(lastMs, last?.sentAtMs ?? 0);

/** @throws {DomainError} `NotFound` (chat) */
export async function get(desk: Desk, chatId: string): Promise<ChatSummary> {
  await endDue(desk);
  const chat = await chatOf(desk, chatId);
  if (chat.kind === null) throw new DomainError('NotFound', { what: 'chat' });
  return summaryOf(desk, await onlookerOf(desk), chat as Shown, await listOrders(desk.book));
}

export async function messages(desk: Desk, chatId: string, before?: string): ReturnType<Chats['messages']> {
  await endDue(desk);
  const chat = await chatOf(desk, chatId);
  const onlooker = await onlookerOf(desk);
  const orders = await listOrders(desk.book);
  const follows = before === undefined ? null : await readMessage(desk.book, chatId, before);
  const found = await messagesBefore(desk.book, chatId, follows, pageLength + 1);
  const page = found.slice(0, pageLength).toReversed();
  const stored = await Promise.all(page.map((message) => show(desk, onlooker, chat, message, orders)));
  const waiting = before === undefined ? await showWaiting(desk, onlooker, chat, orders) : [];
  return { messages: [...stored, ...waiting], more: found.length > pageLength };
}

/** @throws {DomainError} `NotFound` (chat) */
export async function pinnedMessages(desk: Desk, chatId: string): Promise<readonly ChatMessage[]> {
  await endDue(desk);
  const chat = await chatOf(desk, chatId);
  const onlooker = await onlookerOf(desk);
  const orders = await listOrders(desk.book);
  const pins = new Map(
    Object.entries(chat.pins ?? {}).map(([id, { pinned, atMs }]) => [id, pinned ? atMs : null]),
  );
  // What has not gone out yet is later than all that has.
  for (const [place, { task, chatId: of }] of orders.entries())
    if (of === chatId && task.kind === 'say' && task.content.kind === 'pin')
      pins.set(
        task.content.messageId,
        task.content.pinned ? Number.MAX_SAFE_INTEGER - orders.length + place : null,
      );
  const ids = [...pins].flatMap(([id, atMs]) => (atMs === null ? [] : [{ id, atMs }]));
  const found = await Promise.all(
    ids
      .sort((left, right) => right.atMs - left.atMs)
      .map(async ({ id }) => {
        const message = await readMessage(desk.book, chatId, id);
        return message !== null && isSpoken(message.body)
          ? show(desk, onlooker, chat, message, orders)
          : null;
      }),
  );
  return found.filter((message) => message !== null);
}

export async function unsent({ book }: Desk, chatId: string): Promise<number> {
  const orders = await listOrders(book);
  return orders.filter((each) => each.chatId === chatId && each.task.kind === 'say' && each.failed === null)
    .length;
}

/** @throws {DomainError} `NotFound` (chat) */
export async function group(desk: Desk, chatId: string): ReturnType<Chats['group']> {
  const chat = await chatOf(desk, chatId);
  if (chat.kind !== 'group') throw new DomainError('NotFound', { what: 'group' });
  return showGroup(await onlookerOf(desk), chat);
}

async function summaryOf(
  desk: Desk,
  onlooker: Onlooker,
  chat: Shown,
  orders: readonly Order[],
): Promise<ChatSummary> {
  const waiting = (await showWaiting(desk, onlooker, chat, orders)).at(-1);
  const [newest] = waiting === undefined ? await messagesBefore(desk.book, chat.chatId, null, 1) : [];
  const last = waiting ?? (newest === undefined ? null : await show(desk, onlooker, chat, newest, orders));
  return showChat(onlooker, chat, last, await whoChanged(desk, chat), orders);
}

/** Who was verified and has another code, the first of them: nothing is sent there until the owner has looked at it. */
export async function whoChanged(
  { identity, selfId }: Pick<Desk, 'identity' | 'selfId'>,
  { members }: ChatRecord,
): Promise<string | null> {
  for (const { accountId } of members)
    if (accountId !== selfId && (await identity.known(accountId))?.standing === 'changed') return accountId;
  return null;
}

export async function show(
  desk: Desk,
  onlooker: Onlooker,
  chat: ChatRecord,
  message: MessageRecord,
  orders: readonly Order[],
): Promise<ChatMessage> {
  return showMessage(onlooker, chat, message, await answered(desk, chat, message.replyTo), orders);
}

/** What waits to be sent, in the order in which it was ordered, but for what was sent since the orders were read. */
async function showWaiting(
  desk: Desk,
  onlooker: Onlooker,
  chat: ChatRecord,
  orders: readonly Order[],
): Promise<readonly ChatMessage[]> {
  const shown = orders
    .filter(({ chatId }) => chatId === chat.chatId)
    .map(async (order) => {
      if ((await readMessage(desk.book, chat.chatId, order.id)) !== null) return null;
      const { task } = order;
      const replyTo = task.kind === 'say' && task.content.kind === 'text' ? task.content.replyTo : null;
      return showOrder(onlooker, order, await answered(desk, chat, replyTo), orders);
    });
  return (await Promise.all(shown)).filter((message) => message !== null);
}

async function answered({ book }: Desk, { chatId }: ChatRecord, id: string | null) {
  return id === null ? null : readMessage(book, chatId, id);
}
