import { DomainError, problemOf } from '@hexkey/contract';
import { GroupCryptoRefusal } from '@hexkey/group-crypto';
import type { ChatId } from '../chats.ts';
import { dropOrder, endOrder, keepOrder, listOrders, type Order } from '../state/order-record.ts';
import { perform } from '../tasks/perform.ts';
import type { Engine } from './engine.ts';
import { workEach } from './work-each.ts';

/** Works what was ordered, in order within each conversation. */
export interface OrderWork {
  /** Looks whether there is something to do. */
  wake(): void;
  /** Resolves when nothing is being worked on. */
  idle(): Promise<void>;
}

const transient = ['Offline', 'Unavailable'];

/**
 * Whether an order may be done before others that wait: who is in must not wait for what is to be said to them, which may be waiting for just
 * that. What lets more people read (an add) waits for what was said before it.
 */
function mayOvertake({ task }: Order, waiting: readonly Order[]): boolean {
  switch (task.kind) {
    case 'join':
    case 'renew':
    case 'tidy':
    case 'leave':
      return true;
    case 'remove':
      return waiting.every((order) => order.task.kind === 'say');
    default:
      return false;
  }
}

/** @param engine `signal` ends it, between two steps */
export function workOrders(engine: Engine): OrderWork {
  const { book, client, signal } = engine;
  const chats = workEach(workChat, client.deps.reportBug);
  // Beside the conversation: what is said after a file does not wait for it.
  const uploads = workEach(workUpload, client.deps.reportBug);

  async function ordersOf(chatId: ChatId): Promise<readonly Order[]> {
    const orders = await listOrders(book);
    return orders.filter(
      (order) => order.chatId === chatId && order.failed === null && order.task.kind !== 'upload',
    );
  }

  /** @returns whether to go on with the conversation at once */
  async function workOne(order: Order): Promise<boolean> {
    try {
      const step = await perform(engine, order);
      if (step === 'done') engine.changed(order.chatId);
      if (typeof step === 'string') return step !== 'wait';
      later(order, step.retryAfterMs);
      return false;
    } catch (error) {
      return failed(order, error);
    }
  }

  async function failed(order: Order, error: unknown): Promise<boolean> {
    if (error instanceof DomainError && error.name === 'SessionEnded') return false;
    if (error instanceof DomainError && transient.includes(error.name) && !order.isAwaited) return false;
    if (error instanceof DomainError && error.name === 'TooMany' && !order.isAwaited) {
      later(order, (error as DomainError<'TooMany'>).details.retryAfterMs);
      return false;
    }
    // A group that is no more, or keys that are being replaced: where this device stands is being found out.
    if (
      error instanceof GroupCryptoRefusal &&
      ['no-group', 'removed', 'commit-pending'].includes(error.reason)
    )
      return false;
    const refusal = error instanceof DomainError ? error : new DomainError('Internal', {});
    if (refusal !== error) client.deps.reportBug(error);
    const problem = problemOf(refusal);
    await book.change(async (rows) => {
      if (order.isAwaited) endOrder(rows, order, { done: false, problem });
      else if (order.task.kind === 'say' || order.task.kind === 'upload')
        keepOrder(rows, { ...order, failed: problem });
      else dropOrder(rows, order);
    });
    engine.changed(order.chatId);
    return true;
  }

  function later(order: Order, milliseconds: number): void {
    const link = client.deps.socket;
    if (link === undefined) return;
    client.background(link.wait(milliseconds, signal).then(() => start(order)));
  }

  async function workChat(chatId: ChatId): Promise<boolean> {
    return workFirst(await ordersOf(chatId));
  }

  /** The first, and when it has to wait, whatever it may be waiting for. @returns whether something has moved */
  async function workFirst([first, ...behind]: readonly Order[]): Promise<boolean> {
    if (first === undefined || signal.aborted) return false;
    if (await workOne(first)) return true;
    for (const [index, order] of behind.entries()) {
      if (signal.aborted || !engine.wire.isLive()) return false;
      const before = [first, ...behind.slice(0, index)];
      if (mayOvertake(order, before) && (await workOne(order))) return true;
    }
    return false;
  }

  /** @returns whether to try again at once */
  async function workUpload(id: string): Promise<boolean> {
    const order = (await listOrders(book)).find((each) => each.id === id);
    if (order === undefined || order.failed !== null || signal.aborted) return false;
    if (order.task.kind === 'upload') return workOne(order);
    start(order);
    return false;
  }

  function start({ id, chatId, task }: Order): void {
    if (signal.aborted) return;
    if (task.kind === 'upload') uploads.start(id);
    else chats.start(chatId);
  }

  async function startAll(): Promise<void> {
    for (const order of await listOrders(book)) if (order.failed === null) start(order);
  }

  return {
    wake: () => void startAll().catch(client.deps.reportBug),
    async idle() {
      await uploads.idle();
      await chats.idle();
    },
  };
}
