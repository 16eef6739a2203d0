import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError, systemCodeOf } from '../start-error.ts';
import { processIdentity } from './process-identity.ts';

const lockName = 'supervisor.lock';

/**
 * Claims the data directory for this process: two supervisors over one set of databases would corrupt them.
 *
 * @returns gives the directory free again
 * @throws {StartError} another process holds it
 */
export function lockDataFolder(dataFolder: string): () => void {
  const path = join(dataFolder, lockName);
  const own = { pid: process.pid, identity: processIdentity(process.pid) };
  const holder = holderOf(path);
  if (holder !== null)
    throw new StartError(
      `${dataFolder} is in use by another Hexkey (process ${holder}): stop that one first`,
    );
  rmSync(path, { force: true });
  try {
    writeFileSync(path, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') throw error;
    throw new StartError(
      `${dataFolder} is being taken by another Hexkey at this moment: stop that one first`,
    );
  }
  return () => rmSync(path, { force: true });
}

/** The process that holds a lock; null when there is none or it died without letting go. */
function holderOf(path: string): number | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return null;
    throw error;
  }
  const lock = parseLock(text);
  return lock !== null && processIdentity(lock.pid) === lock.identity ? lock.pid : null;
}

/** Null for a file that a power cut left unfinished: its writer is gone. */
function parseLock(text: string): { pid: number; identity: string } | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
