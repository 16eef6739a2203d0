import { newUuid } from '../../new-uuid.ts';
import type { ChatId } from '../chats.ts';
import { accepted, amendChat } from '../state/chat-record.ts';
import { listOrders, type OrderedContent, placeOrder } from '../state/order-record.ts';
import { readPeople } from '../state/person-record.ts';
import { showsReads } from '../state/read-receipts.ts';
import { isRequest } from '../view/show-chats.ts';
import { chatOf, type Desk } from './desk.ts';
import { requireOpen } from './speak.ts';

/** Here at once, on the owner's other devices with the next connection. Then what was read until now is told, too. @throws {DomainError} `NotFound` (chat), `ChatClosed` */
export async function accept(desk: Desk, chatId: ChatId): Promise<void> {
  const { book, client, changed } = desk;
  await requireOpen(desk, chatId);
  const chat = await chatOf(desk, chatId);
  if (!isRequest({ people: await readPeople(book) }, chat, await listOrders(book))) return;
  const contents: OrderedContent[] = [{ kind: 'accept' }];
  if (chat.readThroughMs > 0 && (await showsReads(book)))
    contents.push({ kind: 'read', throughMs: chat.readThroughMs });
  await book.change(async (rows) => {
    await amendChat(rows, chatId, accepted);
    for (const content of contents)
      await placeOrder(rows, {
        id: newUuid(client.deps.random),
        chatId,
        task: { kind: 'say', content },
        orderedAtMs: client.deps.clock.now(),
        isAwaited: false,
      });
  });
  changed(chatId);
}
