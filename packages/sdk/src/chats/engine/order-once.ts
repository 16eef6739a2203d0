import { newUuid } from '../../new-uuid.ts';
import type { ChatId } from '../chats.ts';
import { listOrders, placeOrder, type Task } from '../state/order-record.ts';
import type { ChatWriter } from '../store/chat-book.ts';
import type { Engine } from './engine.ts';

type Errand = Extract<Task, { kind: 'join' | 'tidy' | 'renew' | 'add-account' }>;

/** Places an order of the client's own, unless the same one is waiting already. */
export async function orderOnce(engine: Engine, chatId: ChatId, task: Errand): Promise<void> {
  await engine.book.change((rows) => orderOnceIn(engine, rows, chatId, task));
  engine.wake();
}

export async function orderOnceIn(
  { client }: Pick<Engine, 'client'>,
  rows: ChatWriter,
  chatId: ChatId,
  task: Errand,
): Promise<void> {
  const { random, clock } = client.deps;
  const isSame = (other: Task) => JSON.stringify(other) === JSON.stringify(task);
  if ((await listOrders(rows)).some((order) => order.chatId === chatId && isSame(order.task))) return;
  const orderedAtMs = clock.now();
  await placeOrder(rows, { id: newUuid(random), chatId, task, orderedAtMs, isAwaited: false });
}
