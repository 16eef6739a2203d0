import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a file of the owner's whole or not at all, and on the disk before it returns: a key must survive a power cut. */
export function writeFileDurably(path: string, content: string): void {
  const unfinished = `${path}.new`;
  const file = openSync(unfinished, 'w', 0o600);
  writeSync(file, content);
  fsyncSync(file);
  closeSync(file);
  renameSync(unfinished, path);
  // The new name is an entry of the folder, which is on the disk only when that is (fsync(2)).
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
