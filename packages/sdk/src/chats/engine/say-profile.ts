import { newUuid } from '../../new-uuid.ts';
import type { ChatRecord } from '../state/chat-record.ts';
import { placeOrder } from '../state/order-record.ts';
import type { ChatWriter } from '../store/chat-book.ts';
import type { Engine } from './engine.ts';

/** Says name and picture of a group again, for those who have just come in. */
export async function sayProfileIn(
  { client }: Pick<Engine, 'client'>,
  rows: ChatWriter,
  { chatId, profile }: ChatRecord,
): Promise<void> {
  if (profile === null) return;
  const { name, picture } = profile;
  await placeOrder(rows, {
    id: newUuid(client.deps.random),
    chatId,
    task: { kind: 'say', content: { kind: 'profile', name, picture } },
    orderedAtMs: client.deps.clock.now(),
    isAwaited: false,
  });
}
