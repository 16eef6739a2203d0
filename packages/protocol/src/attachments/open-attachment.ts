import { equalBytes } from '../encoding/bytes.ts';
import type { Secret } from '../encoding/secret.ts';
import { attachmentLayout, recordSizeBytes } from './attachment-layout.ts';
import { encodingHeader, headerBytes, recordCipher, saltBytes } from './content-encoding.ts';

/** Opens records in any order: each shows its place and whether it is the last. */
export interface AttachmentOpener {
  /** The content of a record, or null: not these bytes, not this place, or not of this length. */
  openRecord(record: number, sealed: Uint8Array): Uint8Array<ArrayBuffer> | null;
}

/**
 * @param header the first 21 bytes of what was sealed
 * @param sizeBytes of the content, as its sender said in the message
 * @returns null when the header is not one that `attachmentSealer` makes
 */
export function attachmentOpener(
  key: Secret<Uint8Array>,
  header: Uint8Array,
  sizeBytes: number,
): AttachmentOpener | null {
  const salt = header.subarray(0, saltBytes);
  if (header.length !== headerBytes || !equalBytes(header, encodingHeader(salt, recordSizeBytes)))
    return null;
  const layout = attachmentLayout(sizeBytes);
  const cipher = recordCipher(key, Uint8Array.from(salt));
  return {
    openRecord(record, sealed) {
      if (!Number.isInteger(record) || record < 0 || record >= layout.recordCount) return null;
      const place = layout.sealedOf(record);
      if (sealed.length !== place.end - place.start) return null;
      const content = cipher.open(record, sealed, record === layout.recordCount - 1);
      const { start, end } = layout.contentOf(record);
      return content?.length === end - start ? content : null;
    },
  };
}

/** All of it, or null when anything was changed, cut off, added or put elsewhere. */
export function openAttachment(
  key: Secret<Uint8Array>,
  sealed: Uint8Array,
  sizeBytes: number,
): Uint8Array<ArrayBuffer> | null {
  const layout = attachmentLayout(sizeBytes);
  if (sealed.length !== layout.sealedBytes) return null;
  const opener = attachmentOpener(key, sealed.subarray(0, headerBytes), sizeBytes);
  if (opener === null) return null;
  const content = new Uint8Array(sizeBytes);
  for (let record = 0; record < layout.recordCount; record += 1) {
    const place = layout.sealedOf(record);
    const opened = opener.openRecord(record, sealed.subarray(place.start, place.end));
    if (opened === null) return null;
    content.set(opened, layout.contentOf(record).start);
  }
  return content;
}
