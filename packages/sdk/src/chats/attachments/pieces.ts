import { type Attachment, attachmentLayout } from '@hexkey/protocol';
import type { ChatReader, ChatWriter } from '../store/chat-book.ts';

/** A file rests on this device as it does at the server, sealed under its own key, which is in the row of its message: pieces of this length. */
export const pieceBytes = 1024 * 1024;

/** Every piece is here, and together they are what was sealed. */
interface Kept {
  /** The server knows that this device has it; null: the owner's own. */
  readonly isTold: boolean | null;
}

const keptPrefix = 'file/kept/';
export const pieceKey = (attachmentId: string, piece: number) => `file/piece/${attachmentId}/${piece}`;

export type Sealed = Pick<Attachment, 'attachmentId' | 'sizeBytes'>;

export const pieceCount = ({ sizeBytes }: Pick<Attachment, 'sizeBytes'>) =>
  Math.ceil(attachmentLayout(sizeBytes).sealedBytes / pieceBytes);

export const readKept = (rows: ChatReader, attachmentId: string) => rows.get<Kept>(keptPrefix + attachmentId);

export const noteKept = (rows: ChatWriter, attachmentId: string, kept: Kept) =>
  rows.put(keptPrefix + attachmentId, kept);

/** Attachments that are here and that the server may still keep for this device. */
export async function listUntold(rows: ChatReader): Promise<readonly string[]> {
  const all = await rows.list<Kept>({ prefix: keptPrefix });
  return all.filter(({ value }) => value.isTold === false).map(({ key }) => key.slice(keptPrefix.length));
}

/** Takes a file off this device, as far as it is here. */
export function dropPieces(rows: ChatWriter, sealed: Sealed): void {
  rows.delete(keptPrefix + sealed.attachmentId);
  for (let piece = 0; piece < pieceCount(sealed); piece += 1)
    rows.delete(pieceKey(sealed.attachmentId, piece));
}
