import { DomainError } from '@hexkey/contract';
import type { ChatId } from '../chats.ts';
import { mayPin } from '../state/chat-record.ts';
import { readMessage } from '../state/message-record.ts';
import { chatOf, type Desk, order } from './desk.ts';
import { requireOpen } from './speak.ts';

/** @throws {DomainError} `NotFound` (chat, message), `Forbidden`, `ChatClosed` */
export async function pinMessage(
  desk: Desk,
  chatId: ChatId,
  messageId: string,
  pinned: boolean,
): Promise<void> {
  await requireOpen(desk, chatId);
  if (!mayPin(await chatOf(desk, chatId), desk.selfId))
    throw new DomainError('Forbidden', { reason: 'not-allowed' });
  if ((await readMessage(desk.book, chatId, messageId)) === null)
    throw new DomainError('NotFound', { what: 'message' });
  await order(desk, chatId, { kind: 'say', content: { kind: 'pin', messageId, pinned } });
}
