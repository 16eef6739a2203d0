import type { ChatId, ChatMessage } from '../chats.ts';
import { amendChat, type ChatRecord, listChats } from '../state/chat-record.ts';
import { keepSaid, type MessageRecord, messagesBefore, readMessage } from '../state/message-record.ts';
import { listOrders } from '../state/order-record.ts';
import { findTexts, foldText } from '../state/text-index.ts';
import type { ChatBook } from '../store/chat-book.ts';
import { type Desk, onlookerOf } from './desk.ts';
import { endDue } from './end-due.ts';
import { show } from './read-chats.ts';

const most = 100;
const pageLength = 200;

/** Of what is on this device and was not deleted, cleared or over. The network hears nothing of it. */
export async function search(desk: Desk, text: string, within?: ChatId): Promise<readonly ChatMessage[]> {
  const words = foldText(text)
    .split(/\s+/u)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  await endDue(desk);
  const { book } = desk;
  const chats = (await listChats(book)).filter(
    ({ kind, chatId }) => kind !== null && (within === undefined || chatId === within),
  );
  const found: { chat: ChatRecord; id: string; sentAtMs: number }[] = [];
  for (const chat of chats) {
    if (chat.isSearchable !== true) await makeSearchable(book, chat);
    for (const { id, sentAtMs } of await findTexts(book.past, chat, words, most))
      found.push({ chat, id, sentAtMs });
  }
  const onlooker = await onlookerOf(desk);
  const orders = await listOrders(book);
  const messages = await Promise.all(
    found
      .sort((left, right) => right.sentAtMs - left.sentAtMs)
      .slice(0, most)
      .map(async ({ chat, id }) => {
        const message = await readMessage(book, chat.chatId, id);
        return message === null ? null : show(desk, onlooker, chat, message, orders);
      }),
  );
  return messages.filter(
    (message) => message !== null && message.content.kind !== 'deleted',
  ) as ChatMessage[];
}

/** What a version that could not search has kept. Once; what comes meanwhile is kept by whoever enters it. */
async function makeSearchable(book: ChatBook, { chatId }: ChatRecord): Promise<void> {
  let before: MessageRecord | null = null;
  for (;;) {
    const page: readonly MessageRecord[] = await book.change(async (rows) => {
      const messages = await messagesBefore(rows, chatId, before, pageLength);
      for (const message of messages) await keepSaid(rows, message);
      return messages;
    });
    before = page.at(-1) ?? null;
    if (page.length < pageLength) break;
  }
  await book.change((rows) => amendChat(rows, chatId, () => ({ isSearchable: true })));
}
