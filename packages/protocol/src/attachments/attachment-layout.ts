import { headerBytes, recordOverheadBytes } from './content-encoding.ts';
import { paddedLength } from './padme.ts';

/** Of every record but the last, sealed. Part of the format: whoever knows a length knows where each record lies. */
export const recordSizeBytes = 65_536;
const recordDataBytes = recordSizeBytes - recordOverheadBytes;

/** A stretch of bytes: from `start` up to and without `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Where what lies in a sealed attachment; it follows from the length of the content alone. */
export interface AttachmentLayout {
  /** Of all of it, with header, padding and tags: what the server sees. */
  readonly sealedBytes: number;
  readonly recordCount: number;
  /** Which bytes of the content a record holds. */
  contentOf(record: number): ByteRange;
  /** How many zeros come after them. */
  paddingOf(record: number): number;
  /** Which sealed bytes a record is. */
  sealedOf(record: number): ByteRange;
  /** The records that hold a stretch of the content: from `start` up to and without `end`. */
  recordsOf(content: ByteRange): ByteRange;
}

/** @param sizeBytes of the content */
export function attachmentLayout(sizeBytes: number): AttachmentLayout {
  const paddedBytes = paddedLength(sizeBytes);
  const recordCount = Math.max(1, Math.ceil(paddedBytes / recordDataBytes));
  const sealedBytes = headerBytes + paddedBytes + recordCount * recordOverheadBytes;
  const upTo = (bytes: number) => Math.min(bytes, sizeBytes);
  return {
    sealedBytes,
    recordCount,
    contentOf: (record) => ({
      start: upTo(record * recordDataBytes),
      end: upTo((record + 1) * recordDataBytes),
    }),
    paddingOf(record) {
      const slots = Math.min(recordDataBytes, paddedBytes - record * recordDataBytes);
      return slots - Math.max(0, Math.min(slots, sizeBytes - record * recordDataBytes));
    },
    sealedOf: (record) => ({
      start: headerBytes + record * recordSizeBytes,
      end: Math.min(headerBytes + (record + 1) * recordSizeBytes, sealedBytes),
    }),
    recordsOf: ({ start, end }) => ({
      start: Math.floor(start / recordDataBytes),
      end: end <= start ? Math.floor(start / recordDataBytes) : Math.ceil(end / recordDataBytes),
    }),
  };
}
