import { DomainError } from '@hexkey/contract';
import type { ChatId } from '../chats.ts';
import { readMessage } from '../state/message-record.ts';
import { type Desk, order } from './desk.ts';
import { requireOpen } from './speak.ts';

/** @throws {DomainError} `NotFound` (chat, message), `InvalidField` (choices), `ChatClosed` */
export async function vote(
  desk: Desk,
  chatId: ChatId,
  messageId: string,
  choices: readonly number[],
): Promise<void> {
  await requireOpen(desk, chatId);
  const body = (await readMessage(desk.book, chatId, messageId))?.body;
  if (body?.kind !== 'poll') throw new DomainError('NotFound', { what: 'message' });
  const chosen = [...new Set(choices)].sort((left, right) => left - right);
  const areThere = chosen.every(
    (place) => Number.isInteger(place) && place >= 0 && place < body.options.length,
  );
  if (!areThere || (!body.several && chosen.length > 1))
    throw new DomainError('InvalidField', { field: 'choices', problem: 'not what the poll offers' });
  await order(desk, chatId, { kind: 'say', content: { kind: 'vote', messageId, choices: chosen } });
}
