import { join } from 'node:path';
import { LockHeldError, takeProcessLock } from '@hexkey/process-lock';

/** The directory belongs to a process that still runs. */
export class DirectoryInUseError extends Error {
  override readonly name = 'DirectoryInUseError';
}

/**
 * Takes a data directory for this process: PGlite itself lets two processes open one and ruin it.
 * @returns gives the directory back
 * @throws {DirectoryInUseError}
 */
export function lockDirectory(directory: string): () => void {
  try {
    return takeProcessLock(join(directory, 'api.pid'));
  } catch (error) {
    if (!(error instanceof LockHeldError)) throw error;
    throw new DirectoryInUseError(`${directory} is in use by process ${error.pid}`);
  }
}
