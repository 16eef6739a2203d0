import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Calls back for each whole line of a stream. */
export function forEachLine(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onLine);
}
