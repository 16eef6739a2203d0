import { closeSync, constants, fstatSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import {
  fromBase64url,
  type KeyPair,
  keyPairOfSeed,
  type Random,
  Secret,
  toBase64url,
} from '@hexkey/protocol';
import { UsageError } from './usage-error.ts';

/**
 * Makes an operator's key: a file with its seed that only its owner reads, on the disk before this returns. A file that is there is never
 * written over.
 * @throws {UsageError} naming the file, never what is in it
 */
export function makeKeyFile(path: string, random: Random): KeyPair {
  const seed = new Secret(Uint8Array.from(random(32)));
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    throw new UsageError(`${path} cannot be made (${(error as NodeJS.ErrnoException).code})`);
  }
  writeSync(file, `${toBase64url(seed.reveal())}\n`);
  fsyncSync(file);
  closeSync(file);
  return keyPairOfSeed(seed);
}

/**
 * Reads an operator's key. A file that others can read, or that is somebody else's, is refused: whoever reads it is this operator
 * (where files have such modes; chmod(2)).
 * @throws {UsageError} naming the file, never what is in it
 */
export function readKeyFile(path: string): KeyPair {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY);
  } catch (error) {
    throw new UsageError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  try {
    // Of the open file, not of the path: nothing else is put there in between.
    const { mode, uid } = fstatSync(file);
    const me = process.getuid?.();
    if (me !== undefined && ((mode & 0o077) !== 0 || uid !== me))
      throw new UsageError(`${path} can be read by others than you: chmod 600 it, or make another key`);
    const text = readFileSync(file, 'utf8').trim();
    if (!/^[A-Za-z0-9_-]{43}$/.test(text)) throw new UsageError(`${path} is no operator key`);
    return keyPairOfSeed(new Secret(seedOf(text, path)));
  } finally {
    closeSync(file);
  }
}

function seedOf(text: string, path: string): Uint8Array {
  try {
    return fromBase64url(text);
  } catch {
    // The decoder's message might quote the seed.
    throw new UsageError(`${path} is no operator key`);
  }
}
