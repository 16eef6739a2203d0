import { join } from 'node:path';
import { LockHeldError, takeProcessLock } from '@hexkey/process-lock';
import { StartError } from '../start-error.ts';

/**
 * Claims the data directory for this process: two supervisors over one set of databases would corrupt them.
 *
 * @returns gives the directory free again
 * @throws {StartError} another process holds it
 */
export function lockDataFolder(dataFolder: string): () => void {
  try {
    return takeProcessLock(join(dataFolder, 'supervisor.lock'));
  } catch (error) {
    if (!(error instanceof LockHeldError)) throw error;
    throw new StartError(
      `${dataFolder} is in use by another Hexkey (process ${error.pid}): stop that one first`,
    );
  }
}
