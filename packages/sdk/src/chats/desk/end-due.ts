import { dropEnded, nextEndingMs } from '../state/ending-record.ts';
import type { Desk } from './desk.ts';

/** Nothing is shown of a message that has had its time, whoever was there to erase it. */
export async function endDue({
  book,
  client,
  changed,
}: Pick<Desk, 'book' | 'client' | 'changed'>): Promise<void> {
  const nowMs = client.deps.clock.now();
  const next = await nextEndingMs(book);
  if (next === null || next > nowMs) return;
  for (const chatId of await book.change((rows) => dropEnded(rows, nowMs))) changed(chatId);
}
