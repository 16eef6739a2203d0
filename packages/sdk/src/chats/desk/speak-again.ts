import { DomainError } from '@hexkey/contract';
import { editWindowMs } from '@hexkey/protocol';
import type { ChatId } from '../chats.ts';
import { type MessageBody, readMessage } from '../state/message-record.ts';
import type { OrderedContent } from '../state/order-record.ts';
import { type Desk, order } from './desk.ts';
import { lastingIn, orderOf, requireOpen, requireText } from './speak.ts';

/** @throws {DomainError} `NotFound` (chat, message), `Forbidden`, `EditTooLate`, `MessageTooLong`, `InvalidField` (text), `ChatClosed` */
export async function edit(desk: Desk, chatId: ChatId, messageId: string, text: string): Promise<void> {
  await requireOpen(desk, chatId);
  requireText(text);
  const { senderId, sentAtMs, said } = await messageOf(desk, chatId, messageId);
  if (senderId !== desk.selfId || said?.kind !== 'text')
    throw new DomainError('Forbidden', { reason: 'not-allowed' });
  // The other devices go by the server's times; this spares the owner a change that none of them takes.
  if (sentAtMs !== null && desk.client.deps.clock.now() - sentAtMs > editWindowMs)
    throw new DomainError('EditTooLate', {});
  await order(desk, chatId, { kind: 'say', content: { kind: 'edit', messageId, text } });
}

/** @throws {DomainError} `NotFound` (chat, message), `Forbidden`, `ChatClosed` */
export async function forward(
  desk: Desk,
  chatId: ChatId,
  messageId: string,
  to: readonly ChatId[],
): Promise<void> {
  const { said } = await messageOf(desk, chatId, messageId);
  if (said === null) throw new DomainError('Forbidden', { reason: 'not-allowed' });
  for (const target of to) await requireOpen(desk, target);
  const content =
    said.kind === 'text'
      ? ({ kind: 'text', text: said.text, replyTo: null, forwarded: true } as const)
      : ({ kind: 'contact', hexkeyId: said.hexkeyId, name: said.name, forwarded: true } as const);
  for (const target of to)
    await order(desk, target, { kind: 'say', content: { ...content, ...(await lastingIn(desk, target)) } });
}

interface Sayable {
  readonly senderId: string;
  /** Null while it waits to be sent. */
  readonly sentAtMs: number | null;
  /** Null for what is neither a text nor a contact card. */
  readonly said: Extract<MessageBody | OrderedContent, { kind: 'text' | 'contact' }> | null;
}

async function messageOf({ book, selfId }: Desk, chatId: ChatId, messageId: string): Promise<Sayable> {
  const message = await readMessage(book, chatId, messageId);
  if (message !== null) {
    const { senderId, sentAtMs, body } = message;
    return { senderId, sentAtMs, said: body.kind === 'text' || body.kind === 'contact' ? body : null };
  }
  const waiting = await orderOf(book, messageId);
  if (waiting?.task.kind !== 'say' || waiting.chatId !== chatId)
    throw new DomainError('NotFound', { what: 'message' });
  const { content } = waiting.task;
  const said = content.kind === 'text' || content.kind === 'contact' ? content : null;
  return { senderId: selfId, sentAtMs: null, said };
}
