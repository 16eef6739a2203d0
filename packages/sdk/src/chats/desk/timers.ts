import { DomainError } from '@hexkey/contract';
import { timerSeconds } from '@hexkey/protocol';
import type { ChatId } from '../chats.ts';
import { mayPin } from '../state/chat-record.ts';
import { chatOf, type Desk, order } from './desk.ts';
import { requireOpen } from './speak.ts';

/** @throws {DomainError} `NotFound` (chat), `Forbidden`, `InvalidField` (seconds), `ChatClosed` */
export async function setTimer(desk: Desk, chatId: ChatId, seconds: number): Promise<void> {
  await requireOpen(desk, chatId);
  if (!(timerSeconds as readonly number[]).includes(seconds))
    throw new DomainError('InvalidField', { field: 'seconds', problem: 'not one of those offered' });
  if (!mayPin(await chatOf(desk, chatId), desk.selfId))
    throw new DomainError('Forbidden', { reason: 'not-allowed' });
  await order(desk, chatId, { kind: 'say', content: { kind: 'timer', seconds } });
}
