import type { Readable } from 'node:stream';

/**
 * Bytes by id, which the account server cannot read. What a row of `attachments` does not name is garbage: rows are made before bytes and go
 * before them. Ids are UUIDs.
 */
export interface BlobStore {
  /** How much of it is there, and stays when the process is killed; 0 when nothing is. */
  lengthOf(id: string): Promise<number>;
  /** Durable when it returns. A process that is killed meanwhile may leave a part of the bytes. @param offset `lengthOf` */
  append(id: string, offset: number, bytes: Uint8Array): Promise<void>;
  /** From `start` up to and without `end`. */
  read(id: string, start: number, end: number): Readable;
  /** Of what is not there it does nothing. */
  remove(id: string): Promise<void>;
  list(): Promise<string[]>;
}
