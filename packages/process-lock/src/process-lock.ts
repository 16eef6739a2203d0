import { createHash, randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { processIdentity } from './process-identity.ts';

/** The lock belongs to a process that still runs. */
export class LockHeldError extends Error {
  override readonly name = 'LockHeldError';
  readonly pid: number;
  constructor(pid: number) {
    super(`held by process ${pid}`);
    this.pid = pid;
  }
}

/**
 * Takes a lock file for this process. The lock of a process that died counts as free, and of any number of processes that find it at
 * the same instant exactly one gets it.
 *
 * @returns gives the lock back
 * @throws {LockHeldError}
 */
export function takeProcessLock(path: string): () => void {
  // Unique, so that no two locks ever have the same content: a lock is known again by what it says.
  const claim = randomUUID();
  const lock = { pid: process.pid, identity: processIdentity(process.pid), claim };
  const own = `${path}.${claim}`;
  writeFileSync(own, JSON.stringify(lock), { flag: 'wx', mode: 0o600 });
  try {
    occupy(path, own);
  } finally {
    rmSync(own, { force: true });
  }
  return () => rmSync(path, { force: true });
}

/**
 * link(2) makes the name with its content in one step, or fails because it is there: no rival ever reads half a lock.
 *
 * A dead process's lock is not removed first: a rival that had judged it dead a moment earlier would then remove its successor.
 * Who wants to replace a lock first takes the name that belongs to *replacing that lock*, by the same rules, looks again whether it is
 * still there, and moves its own over it. The lock can only be replaced under that name, so nobody else does meanwhile.
 */
function occupy(path: string, own: string): void {
  for (;;) {
    if (linked(own, path)) return;
    const found = contentOf(path);
    if (found === null) continue; // given back since
    const holder = holderOf(found);
    if (holder !== null) throw new LockHeldError(holder);
    const succession = `${path}.after-${createHash('sha256').update(found).digest('hex').slice(0, 12)}`;
    occupy(succession, own);
    if (contentOf(path) === found) {
      renameSync(succession, path);
      return;
    }
    rmSync(succession, { force: true }); // somebody else had replaced it before
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Null when there is no such file. */
function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** The process that wrote a lock and still runs; null for the lock of a dead one, whoever has its number now. */
function holderOf(content: string): number | null {
  const { pid, identity } = parseLock(content);
  if (typeof pid !== 'number' || typeof identity !== 'string') return null;
  return processIdentity(pid) === identity ? pid : null;
}

/** Empty for what a power cut left unfinished: its writer is gone. */
function parseLock(content: string): { readonly pid?: unknown; readonly identity?: unknown } {
  try {
    return Object(JSON.parse(content));
  } catch {
    return {};
  }
}
