import type { ChatBook } from '../store/chat-book.ts';

const readsKey = 'setting/read-receipts';

/** On until the owner says otherwise. */
export async function showsReads(book: ChatBook): Promise<boolean> {
  return (await book.get<boolean>(readsKey)) ?? true;
}

export async function keepShowsReads(book: ChatBook, on: boolean): Promise<void> {
  await book.change(async (rows) => rows.put(readsKey, on));
}
