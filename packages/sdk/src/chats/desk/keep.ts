import type { PersonView } from '@hexkey/contract';
import { dropPieces } from '../attachments/pieces.ts';
import { takeBack } from '../attachments/take-back.ts';
import type { ChatRecord } from '../state/chat-record.ts';
import { amendChat } from '../state/chat-record.ts';
import { dropTimers } from '../state/ending-record.ts';
import { dropMessages } from '../state/message-record.ts';
import { dropOrder, fileOf, listOrders } from '../state/order-record.ts';
import { keepPerson, readPeople } from '../state/person-record.ts';
import type { Desk } from './desk.ts';

/** Changes what only this device keeps of a conversation. */
export async function keep(desk: Desk, chatId: string, change: Partial<ChatRecord>): Promise<void> {
  await desk.book.change((rows) => amendChat(rows, chatId, () => change));
  desk.changed(chatId);
}

/** Takes what was said off this device, and the conversation off its list until something is said again. */
export async function clear(desk: Desk, chatId: string): Promise<void> {
  const unsent = await desk.book.change(async (rows) => {
    await dropMessages(rows, chatId);
    await dropTimers(rows, chatId);
    const waiting = (await listOrders(rows)).filter(
      (order) => order.chatId === chatId && (order.task.kind === 'say' || order.task.kind === 'upload'),
    );
    const files = waiting.map(fileOf).filter((file) => file !== null);
    for (const order of waiting) dropOrder(rows, order);
    for (const file of files) dropPieces(rows, file);
    await amendChat(rows, chatId, ({ lastMs }) => ({
      ...{ unread: 0, draft: '', isHidden: true, isPinned: false },
      readThroughMs: lastMs,
    }));
    return files;
  });
  for (const { attachmentId } of unsent) takeBack(desk, attachmentId);
  desk.changed(chatId);
}

/** The owner has added, removed, blocked or unblocked somebody. */
export async function noteRelation(
  { book, changed }: Desk,
  { hexkeyId, relation }: Pick<PersonView, 'hexkeyId' | 'relation'>,
): Promise<void> {
  await book.change(async (rows) => {
    for (const record of (await readPeople(rows)).values())
      if (record.person.hexkeyId === hexkeyId)
        await keepPerson(rows, { ...record, person: { ...record.person, relation } });
  });
  changed(null);
}
