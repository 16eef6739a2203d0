import type { Problem } from '@hexkey/contract';
import type { KnownContent } from '@hexkey/protocol';
import type { ChatId } from '../chats.ts';
import type { ChatReader, ChatWriter } from '../store/chat-book.ts';

/** Content as an order keeps it: bytes as base64url. */
export type OrderedContent =
  | Exclude<KnownContent, { kind: 'profile' }>
  | { readonly kind: 'profile'; readonly name: string; readonly picture: string | null };

export type OrderedAttachment = Extract<OrderedContent, { kind: 'attachment' }>;

/**
 * Something the owner wants done, whichever page they asked in: the page that has the socket does it, after whatever was ordered
 * before it in the same conversation. Doing it again from the beginning after a crash does it once.
 */
export type Task =
  | { readonly kind: 'say'; readonly content: OrderedContent }
  /** Brings a file to the server, beside what is said meanwhile; then it is a `say`. */
  | { readonly kind: 'upload'; readonly content: OrderedAttachment }
  | { readonly kind: 'begin-direct'; readonly hexkeyId: string }
  | { readonly kind: 'begin-group'; readonly name: string; readonly hexkeyIds: readonly string[] }
  | { readonly kind: 'add'; readonly hexkeyIds: readonly string[] }
  | { readonly kind: 'add-account'; readonly accountId: string }
  | { readonly kind: 'remove'; readonly accountId: string }
  | { readonly kind: 'set-role'; readonly accountId: string; readonly role: 'owner' | 'admin' | 'member' }
  | { readonly kind: 'leave' }
  /** This device takes its place in a conversation of its account. */
  | { readonly kind: 'join' }
  /** Takes out leaves of devices and accounts that are no more. */
  | { readonly kind: 'tidy' }
  /** Puts keys of now in the place of leaves that no key of their account's pinned line vouches for. */
  | { readonly kind: 'renew' };

export interface Order {
  /** Also the client message id of what it sends. */
  readonly id: string;
  readonly place: number;
  /** Of a conversation that begins: the id it will have. */
  readonly chatId: ChatId;
  readonly task: Task;
  readonly orderedAtMs: number;
  /** The owner waits for its outcome, which is kept until they have seen it. */
  readonly isAwaited: boolean;
  /** Why it was given up; of a message, which its owner may send again. */
  readonly failed: Problem | null;
}

export type Outcome =
  | { readonly done: true; readonly chatId: ChatId }
  | { readonly done: false; readonly problem: Problem };

const orderPrefix = 'order/';
const keyOf = (place: number) => `${orderPrefix}${String(place).padStart(12, '0')}`;
const outcomeKey = (id: string) => `outcome/${id}`;

/** In the order in which they were given. */
export async function listOrders(rows: ChatReader): Promise<readonly Order[]> {
  return (await rows.list<Order>({ prefix: orderPrefix })).map(({ value }) => value);
}

/** The file that an order brings or says; null for none. */
export function fileOf({ task }: Pick<Order, 'task'>): OrderedAttachment | null {
  if (task.kind === 'upload') return task.content;
  return task.kind === 'say' && task.content.kind === 'attachment' ? task.content : null;
}

/** Puts an order after all others. */
export async function placeOrder(rows: ChatWriter, order: Omit<Order, 'place' | 'failed'>): Promise<void> {
  const [last] = await rows.list<Order>({ prefix: orderPrefix, newestFirst: true, limit: 1 });
  const place = (last?.value.place ?? 0) + 1;
  rows.put(keyOf(place), { ...order, place, failed: null } satisfies Order);
}

export function keepOrder(rows: ChatWriter, order: Order): void {
  rows.put(keyOf(order.place), order);
}

export function dropOrder(rows: ChatWriter, { place }: Pick<Order, 'place'>): void {
  rows.delete(keyOf(place));
}

/** Ends an order; who waits for it finds its outcome. */
export function endOrder(rows: ChatWriter, order: Order, outcome: Outcome): void {
  dropOrder(rows, order);
  if (order.isAwaited) rows.put(outcomeKey(order.id), outcome);
}

/** @returns null while it is not done; afterwards the outcome, once */
export async function collectOutcome(rows: ChatWriter, id: string): Promise<Outcome | null> {
  const outcome = await rows.get<Outcome>(outcomeKey(id));
  if (outcome !== null) rows.delete(outcomeKey(id));
  return outcome;
}
