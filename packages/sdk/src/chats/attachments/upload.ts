import { DomainError, isDomainError, routes } from '@hexkey/contract';
import { attachmentLayout } from '@hexkey/protocol';
import type { Engine } from '../engine/engine.ts';
import { keepOrder, listOrders, type Order, type OrderedAttachment } from '../state/order-record.ts';
import type { Step } from '../tasks/step.ts';
import { sendParts } from './send-parts.ts';
import { takeBack } from './take-back.ts';

type Uploading = Order & { readonly task: { readonly kind: 'upload'; readonly content: OrderedAttachment } };

/** When the network breaks off and the connection of the page does not. */
const againAfterMs = 5000;

/**
 * Announces a file, again and again without harm, sends what the server does not have of it, and then orders the message that says it in the
 * same place. When its owner deletes the message meanwhile, the server forgets the file.
 */
export async function upload(engine: Engine, order: Uploading): Promise<Step> {
  const { client, caller, book, transfers, signal } = engine;
  const { id, chatId, task } = order;
  const { attachmentId, sizeBytes } = task.content;
  const totalBytes = attachmentLayout(sizeBytes).sealedBytes;
  const isWanted = async () =>
    !signal.aborted && (await listOrders(book)).some((each) => each.id === id && each.failed === null);
  try {
    transfers.note(chatId, id, { doneBytes: 0, totalBytes });
    await client.api.call(routes.createAttachment, {
      caller,
      body: { attachmentId, groupId: chatId, lengthBytes: totalBytes },
    });
    const isSent = await sendParts(engine, task.content, async (doneBytes) => {
      transfers.note(chatId, id, { doneBytes, totalBytes });
      return isWanted();
    });
    if (!isSent && signal.aborted) return 'wait';
    const isSaid = await book.change(async (rows) => {
      const there = (await listOrders(rows)).find((each) => each.id === id);
      if (!isSent || there === undefined) return false;
      keepOrder(rows, { ...there, task: { kind: 'say', content: task.content } });
      return true;
    });
    if (!isSaid) takeBack(engine, attachmentId);
    return 'again';
  } catch (error) {
    // The upload stood still for so long that the server gave it up: it begins anew.
    if (isDomainError(error, 'Offline') || isDomainError(error, 'AttachmentGone'))
      return { retryAfterMs: againAfterMs };
    throw error instanceof DomainError ? error : new Error('an upload failed', { cause: error });
  } finally {
    transfers.note(chatId, id, null);
  }
}
