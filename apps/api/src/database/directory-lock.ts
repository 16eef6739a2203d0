import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processIdentity } from './process-identity.ts';

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
  const path = join(directory, 'api.pid');
  for (;;) {
    try {
      writeFileSync(path, `${process.pid} ${processIdentity(process.pid)}\n`, { flag: 'wx', mode: 0o600 });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = holderOf(readFileSync(path, 'utf8'));
    if (owner !== null) throw new DirectoryInUseError(`${directory} is in use by process ${owner}`);
    rmSync(path, { force: true }); // left behind by a process that was killed
  }
}

/** The process that wrote a lock and still runs; null for the lock of a dead one, whoever has its number now. */
function holderOf(lock: string): number | null {
  const [, pid, identity] = /^([1-9][0-9]{0,9}) (.+)\n$/.exec(lock) ?? [];
  return pid !== undefined && processIdentity(Number(pid)) === identity ? Number(pid) : null;
}
