import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { DomainError } from '@hexkey/contract';

/** A folder only its owner can enter; made if it is missing. @throws {DomainError} `StorageUnavailable` */
export function openPrivateFolder(path: string): void {
  orRefusal(() => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    checkPrivate(path, 'directory');
  });
}

/** The text of a file only its owner can read; null when there is none. @throws {DomainError} `StorageUnavailable` */
export function readPrivateFile(path: string): string | null {
  return orRefusal(() => {
    try {
      checkPrivate(path, 'file');
      return readFileSync(path, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  });
}

/**
 * Writes a file of the owner's whole or not at all, and on the disk before it returns: a process that is killed here leaves the old
 * text or the new one.
 * @throws {DomainError} `StorageUnavailable`; the old text stays
 */
export function writePrivateFile(path: string, text: string): void {
  orRefusal(() => {
    const unfinished = `${path}.new`;
    rmSync(unfinished, { force: true });
    // `x`: made here, with this mode, and never through somebody's link.
    const file = openSync(unfinished, 'wx', 0o600);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, path);
    // The new name is an entry of the folder, which is on the disk only when that is (fsync(2)).
    const folder = openSync(dirname(path), 'r');
    fsyncSync(folder);
    closeSync(folder);
  });
}

/** Of another user, open to others, or not what it should be: whoever made it so may read what is written. */
function checkPrivate(path: string, kind: 'file' | 'directory'): void {
  const found = lstatSync(path);
  const isKind = kind === 'file' ? found.isFile() : found.isDirectory();
  if (!isKind || (found.mode & 0o077) !== 0 || found.uid !== process.getuid?.())
    throw new DomainError('StorageUnavailable', { problem: 'exposed' });
}

const problems: Readonly<Record<string, 'quota' | 'blocked'>> = {
  ENOSPC: 'quota',
  EDQUOT: 'quota',
  EACCES: 'blocked',
  EPERM: 'blocked',
  EROFS: 'blocked',
  ENOTDIR: 'blocked',
  EEXIST: 'blocked',
  EIO: 'blocked',
};

/** Errors of the file system (errno(3)) that a person can do something about, as refusals. */
function orRefusal<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const problem = problems[codeOf(error)];
    throw problem === undefined ? error : new DomainError('StorageUnavailable', { problem });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
