import { constants, createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobStore } from './blob-store.ts';

/** One file each. Several servers over one database need one folder that all of them see. */
export function folderBlobs(folder: string): BlobStore {
  const pathOf = (id: string) => join(folder, id);
  return {
    async lengthOf(id) {
      return (await orMissing(stat(pathOf(id))))?.size ?? 0;
    },

    async append(id, offset, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = await open(pathOf(id), constants.O_WRONLY | constants.O_CREAT, 0o600);
      try {
        for (let done = 0; done < bytes.length; )
          done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
        await file.sync();
      } finally {
        await file.close();
      }
    },

    read: (id, start, end) => createReadStream(pathOf(id), { start, end: end - 1 }),
    remove: (id) => rm(pathOf(id), { force: true }),
    async list() {
      return (await orMissing(readdir(folder))) ?? [];
    },
  };
}

async function orMissing<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return null;
  }
}
