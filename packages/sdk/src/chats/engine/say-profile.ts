import { newUuid } from '../../new-uuid.ts';
import type { ChatRecord } from '../state/chat-record.ts';
import { type OrderedContent, placeOrder } from '../state/order-record.ts';
import type { ChatWriter } from '../store/chat-book.ts';
import type { Engine } from './engine.ts';

/** Says name and picture of a group again, and how long messages last there, for those who have just come in. */
export async function sayProfileIn(
  { client }: Pick<Engine, 'client'>,
  rows: ChatWriter,
  { chatId, profile, timer }: ChatRecord,
): Promise<void> {
  if (profile === null) return;
  const { name, picture } = profile;
  const say = (content: OrderedContent) =>
    placeOrder(rows, {
      id: newUuid(client.deps.random),
      chatId,
      task: { kind: 'say', content },
      orderedAtMs: client.deps.clock.now(),
      isAwaited: false,
    });
  // First: whoever knows no name yet takes it from anybody.
  if (timer !== undefined && timer.seconds > 0) await say({ kind: 'timer', seconds: timer.seconds });
  await say({ kind: 'profile', name, picture });
}
