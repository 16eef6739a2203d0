import { Readable } from 'node:stream';
import type { BlobStore } from './blob-store.ts';

/** Keeps nothing: for tests and benchmarks. */
export function memoryBlobs(): BlobStore {
  const blobs = new Map<string, Buffer>();
  const bytesOf = (id: string) => blobs.get(id) ?? Buffer.alloc(0);
  return {
    lengthOf: async (id) => bytesOf(id).length,
    async append(id, offset, bytes) {
      blobs.set(id, Buffer.concat([bytesOf(id).subarray(0, offset), bytes]));
    },
    read: (id, start, end) => Readable.from([bytesOf(id).subarray(start, end)]),
    async remove(id) {
      blobs.delete(id);
    },
    list: async () => [...blobs.keys()],
  };
}
