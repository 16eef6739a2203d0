import type { PinRecord } from './pin-record.ts';
import { decodeRecord, encodeRecord } from './record-codec.ts';

/** The codec of rows, which remembers what the last rows decoded to. */
export interface RecordMemory {
  encode(recordId: Uint8Array, record: PinRecord): Uint8Array;
  /** @throws {MalformedError} a damaged row */
  decode(recordId: Uint8Array, bytes: Uint8Array): PinRecord;
  forget(recordId: Uint8Array): void;
}

const rememberedRows = 1024;

/**
 * A client meets its row three times in a row, twice as it was just written. Each row is read from the database all the
 * same and compared byte by byte, so whoever else wrote it, what is remembered is what it says.
 */
export function recordMemory(): RecordMemory {
  const rows = new Map<string, { readonly bytes: Uint8Array; readonly record: PinRecord }>();

  function remember(name: string, bytes: Uint8Array, record: PinRecord): void {
    if (rows.size >= rememberedRows) rows.clear();
    rows.set(name, { bytes, record });
  }

  return {
    encode(recordId, record) {
      const bytes = encodeRecord(record);
      remember(nameOf(recordId), bytes, record);
      return bytes;
    },
    decode(recordId, bytes) {
      const name = nameOf(recordId);
      const row = rows.get(name);
      if (row !== undefined && Buffer.compare(row.bytes, bytes) === 0) return row.record;
      const record = decodeRecord(bytes);
      remember(name, bytes, record);
      return record;
    },
    forget: (recordId) => void rows.delete(nameOf(recordId)),
  };
}

function nameOf(recordId: Uint8Array): string {
  return Buffer.from(recordId.buffer, recordId.byteOffset, recordId.length).toString('latin1');
}
