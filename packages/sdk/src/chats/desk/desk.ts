import { DomainError, domainErrorOf, isDomainError } from '@hexkey/contract';
import type { Client } from '../../account/client.ts';
import type { Identity } from '../../identity/identity.ts';
import { newUuid } from '../../new-uuid.ts';
import type { Caller } from '../../transport/api-client.ts';
import type { Transfers } from '../attachments/transfers.ts';
import type { ChatId } from '../chats.ts';
import { type ChatRecord, readChat } from '../state/chat-record.ts';
import { collectOutcome, dropOrder, listOrders, placeOrder, type Task } from '../state/order-record.ts';
import { readPeople } from '../state/person-record.ts';
import { showsReads } from '../state/read-receipts.ts';
import type { ChatBook } from '../store/chat-book.ts';
import type { Onlooker } from '../view/show-messages.ts';

/** What a page works with when its owner reads or asks for something. */
export interface Desk {
  readonly client: Client;
  readonly caller: Caller;
  readonly selfId: string;
  readonly book: ChatBook;
  readonly identity: Identity;
  readonly transfers: Transfers;
  /** Tells the screens, here and in the other pages, and whoever works the orders. */
  readonly changed: (chatId: ChatId | null) => void;
  /** Resolves after the next change, or when the signal fires. */
  readonly nextChange: (signal: AbortSignal) => Promise<void>;
}

export async function onlookerOf({ selfId, book }: Desk): Promise<Onlooker> {
  return { selfId, people: await readPeople(book), showsReads: await showsReads(book) };
}

/** @throws {DomainError} `NotFound` (chat) */
export async function chatOf({ book }: Desk, chatId: ChatId): Promise<ChatRecord> {
  const chat = await readChat(book, chatId);
  if (chat === null) throw new DomainError('NotFound', { what: 'chat' });
  return chat;
}

/** Puts an order into the outbox. @returns its id */
export async function order(
  { book, client, changed }: Desk,
  chatId: ChatId,
  task: Task,
  isAwaited = false,
): Promise<string> {
  const id = newUuid(client.deps.random);
  const orderedAtMs = client.deps.clock.now();
  await book.change((rows) => placeOrder(rows, { id, chatId, task, orderedAtMs, isAwaited }));
  changed(chatId);
  return id;
}

/**
 * Orders something and waits for its end, whichever page works it.
 * @returns the conversation it was about
 * @throws {DomainError} why it was refused; `Offline` when there is no connection, and then it is not done later either
 */
export async function orderAndWait(desk: Desk, chatId: ChatId, task: Task): Promise<ChatId> {
  const id = await order(desk, chatId, task, true);
  const { deps } = desk.client;
  const timeout = deps.timeout(2 * deps.apiTimeoutMs);
  for (;;) {
    const change = desk.nextChange(timeout);
    const outcome = await desk.book.change((rows) => collectOutcome(rows, id));
    if (outcome?.done) return outcome.chatId;
    if (outcome !== null) throw domainErrorOf(outcome.problem) ?? new DomainError('Internal', {});
    if (timeout.aborted) {
      await withdraw(desk, id);
      throw new DomainError('Offline', {});
    }
    await change;
  }
}

/** The same, but what cannot be done now for want of a connection is done later: doing any of it twice does it once. */
export async function orderNowOrLater(desk: Desk, chatId: ChatId, task: Task): Promise<void> {
  try {
    await orderAndWait(desk, chatId, task);
  } catch (error) {
    if (!isDomainError(error, 'Offline')) throw error;
    await order(desk, chatId, task);
  }
}

async function withdraw({ book }: Desk, id: string): Promise<void> {
  await book.change(async (rows) => {
    const waiting = (await listOrders(rows)).find((each) => each.id === id);
    if (waiting !== undefined) dropOrder(rows, waiting);
  });
}
