import { DomainError } from '@hexkey/contract';
import {
  attachmentHash,
  attachmentLayout,
  attachmentSealer,
  contentLimits,
  newAttachmentSecrets,
  toBase64url,
  utf8,
} from '@hexkey/protocol';
import { newUuid } from '../../new-uuid.ts';
import type { ChatId, NewFile } from '../chats.ts';
import { type Desk, order } from '../desk/desk.ts';
import { lastingIn, requireOpen } from '../desk/speak.ts';
import { dropPieces, noteKept, pieceBytes, pieceKey } from './pieces.ts';

const mediaTypeForm = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,62}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}$/i;

/** @throws {DomainError} `AttachmentTooLarge`, `InvalidField` (name, thumbnail), `ChatClosed`, `NotFound` (chat), `StorageUnavailable` */
export async function sendFile(desk: Desk, chatId: ChatId, file: NewFile): Promise<string> {
  const { sizeBytes, thumbnail, dimensions = null, durationMs = null } = file;
  await requireOpen(desk, chatId);
  if (sizeBytes > contentLimits.attachment)
    throw new DomainError('AttachmentTooLarge', { limitBytes: contentLimits.attachment });
  if (file.name === '' || utf8(file.name).length > contentLimits.name)
    throw new DomainError('InvalidField', { field: 'name', problem: 'empty or too long' });
  if (thumbnail !== undefined && (thumbnail.length === 0 || thumbnail.length > contentLimits.thumbnail))
    throw new DomainError('InvalidField', { field: 'thumbnail', problem: 'empty or too large' });
  const attachmentId = newUuid(desk.client.deps.random);
  try {
    const sealed = await sealOnto(desk, attachmentId, file);
    const content = {
      ...({ kind: 'attachment', attachmentId, ...sealed, sizeBytes, name: file.name } as const),
      mediaType: mediaTypeForm.test(file.mediaType) ? file.mediaType : 'application/octet-stream',
      thumbnail: thumbnail === undefined ? null : toBase64url(thumbnail),
      ...{ dimensions, durationMs },
      ...(await lastingIn(desk, chatId)),
    };
    await desk.book.change(async (rows) => noteKept(rows, attachmentId, { isTold: null }));
    return await order(desk, chatId, { kind: 'upload', content });
  } catch (error) {
    await desk.book.change(async (rows) => dropPieces(rows, { attachmentId, sizeBytes }));
    throw error;
  }
}

/** Seals a file piece by piece onto this device: it is never whole in memory. */
async function sealOnto(
  { book, client: { deps } }: Desk,
  attachmentId: string,
  file: NewFile,
): Promise<{ readonly key: string; readonly digest: string }> {
  const secrets = newAttachmentSecrets(deps.random);
  const layout = attachmentLayout(file.sizeBytes);
  const sealer = attachmentSealer(secrets, file.sizeBytes);
  const hash = attachmentHash();
  let piece = new Uint8Array(Math.min(pieceBytes, layout.sealedBytes));
  let [filled, pieces] = [0, 0];

  async function write(bytes: Uint8Array): Promise<void> {
    hash.update(bytes);
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + piece.length - filled);
      piece.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < piece.length) continue;
      await book.bytes.put(pieceKey(attachmentId, pieces), piece);
      pieces += 1;
      filled = 0;
      piece = new Uint8Array(Math.max(0, Math.min(pieceBytes, layout.sealedBytes - pieces * pieceBytes)));
      await deps.yieldToOthers();
    }
  }

  await write(sealer.header);
  for (let record = 0; record < layout.recordCount; record += 1) {
    const { start, end } = layout.contentOf(record);
    const content = end > start ? await file.read(start, end) : new Uint8Array(0);
    if (content.length !== end - start) throw new Error('a file changed while it was read');
    await write(sealer.sealRecord(record, content));
  }
  return { key: toBase64url(secrets.key.reveal()), digest: toBase64url(hash.digest()) };
}
