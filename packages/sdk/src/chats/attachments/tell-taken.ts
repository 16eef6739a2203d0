import { DomainError, routes } from '@hexkey/contract';
import type { Desk } from '../desk/desk.ts';
import { listUntold, noteKept, readKept } from './pieces.ts';

/** The server need not keep for this device what is here. What cannot be told now is told with the next connection. */
export async function tellTaken({
  client,
  caller,
  book,
}: Pick<Desk, 'client' | 'caller' | 'book'>): Promise<void> {
  for (const attachmentId of await listUntold(book)) {
    try {
      await client.api.call(routes.takenAttachment, { caller, body: { attachmentId } });
    } catch (error) {
      if (error instanceof DomainError) return;
      throw error;
    }
    await book.change(async (rows) => {
      if ((await readKept(rows, attachmentId)) !== null) noteKept(rows, attachmentId, { isTold: true });
    });
  }
}
