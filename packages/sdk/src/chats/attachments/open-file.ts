import { attachmentPath, DomainError } from '@hexkey/contract';
import {
  type Attachment,
  attachmentHash,
  attachmentHeaderBytes,
  attachmentLayout,
  attachmentOpener,
  fromBase64url,
  Secret,
  toBase64url,
} from '@hexkey/protocol';
import { transferBytes } from '../../transport/transfer-bytes.ts';
import type { ChatId } from '../chats.ts';
import type { Desk } from '../desk/desk.ts';
import { orderOf } from '../desk/speak.ts';
import { readMessage } from '../state/message-record.ts';
import { fileOf } from '../state/order-record.ts';
import type { ChatReader } from '../store/chat-book.ts';
import { dropPieces, noteKept, pieceBytes, pieceCount, pieceKey, readKept } from './pieces.ts';
import { tellTaken } from './tell-taken.ts';

/** @throws {DomainError} `NotFound` (message), `AttachmentGone`, `Offline`, `StorageUnavailable` */
export async function openFile(
  desk: Desk,
  chatId: ChatId,
  messageId: string,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const attachment = await attachmentOf(desk.book, chatId, messageId);
  if (attachment === null) throw new DomainError('NotFound', { what: 'message' });
  if ((await readKept(desk.book, attachment.attachmentId)) === null) {
    await fetchPieces(desk, chatId, messageId, attachment, signal);
    await keepChecked(desk, chatId, messageId, attachment);
    desk.client.background(tellTaken(desk));
  }
  return openPieces(desk, attachment);
}

async function attachmentOf(rows: ChatReader, chatId: ChatId, messageId: string): Promise<Attachment | null> {
  const body = (await readMessage(rows, chatId, messageId))?.body;
  if (body !== undefined) return body.kind === 'attachment' ? body : null;
  const waiting = await orderOf(rows, messageId);
  return waiting === null ? null : fileOf(waiting);
}

/** Fetches what is not here, one piece a request. */
async function fetchPieces(
  { client, caller, book, transfers }: Desk,
  chatId: ChatId,
  messageId: string,
  attachment: Attachment,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { attachmentId } = attachment;
  const totalBytes = attachmentLayout(attachment.sizeBytes).sealedBytes;
  try {
    for (let piece = 0; piece < pieceCount(attachment); piece += 1) {
      const start = piece * pieceBytes;
      transfers.note(chatId, messageId, { doneBytes: start, totalBytes });
      if ((await book.bytes.get(pieceKey(attachmentId, piece))) !== null) continue;
      const length = Math.min(pieceBytes, totalBytes - start);
      const { status, bytes } = await transferBytes(client.deps, caller, {
        method: 'GET',
        path: attachmentPath(attachmentId),
        headers: { range: `bytes=${start}-${start + length - 1}` },
        ...(signal === undefined ? {} : { signal }),
      });
      if (status !== 206 || bytes.length !== length) throw new DomainError('AttachmentGone', {});
      await book.bytes.put(pieceKey(attachmentId, piece), bytes);
    }
  } finally {
    transfers.note(chatId, messageId, null);
  }
}

/** What came is kept when it is what was sealed, and the message is still here. */
async function keepChecked(
  { book, client }: Desk,
  chatId: ChatId,
  messageId: string,
  attachment: Attachment,
): Promise<void> {
  const { attachmentId, digest } = attachment;
  const hash = attachmentHash();
  for (let piece = 0; piece < pieceCount(attachment); piece += 1) {
    hash.update((await book.bytes.get(pieceKey(attachmentId, piece))) ?? new Uint8Array(0));
    await client.deps.yieldToOthers();
  }
  const isSame = toBase64url(hash.digest()) === digest;
  const isKept = await book.change(async (rows) => {
    const isThere = (await attachmentOf(rows, chatId, messageId))?.attachmentId === attachmentId;
    if (isSame && isThere) noteKept(rows, attachmentId, { isTold: false });
    else dropPieces(rows, attachment);
    return isSame && isThere;
  });
  if (!isKept) throw new DomainError('AttachmentGone', {});
}

async function openPieces(
  { book, client }: Desk,
  { attachmentId, sizeBytes, key }: Attachment,
): Promise<Uint8Array<ArrayBuffer>> {
  const layout = attachmentLayout(sizeBytes);
  const sealed = new Uint8Array(layout.sealedBytes);
  for (let piece = 0; piece * pieceBytes < sealed.length; piece += 1) {
    const bytes = await book.bytes.get(pieceKey(attachmentId, piece));
    if (bytes !== null) sealed.set(bytes, piece * pieceBytes);
  }
  const secret = new Secret<Uint8Array>(fromBase64url(key));
  const opener = attachmentOpener(secret, sealed.subarray(0, attachmentHeaderBytes), sizeBytes);
  const content = new Uint8Array(sizeBytes);
  for (let record = 0; record < layout.recordCount; record += 1) {
    const { start, end } = layout.sealedOf(record);
    const opened = opener?.openRecord(record, sealed.subarray(start, end)) ?? null;
    if (opened === null) throw new DomainError('AttachmentGone', {});
    content.set(opened, layout.contentOf(record).start);
    await client.deps.yieldToOthers();
  }
  return content;
}
