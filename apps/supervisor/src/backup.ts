import { cpSync, existsSync, readdirSync, renameSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { lockDataFolder } from './data-folder/lock-data-folder.ts';
import { StartError } from './start-error.ts';

/** Made again by every start. */
const notKept = new Set(['supervisor.lock', 'nodes.json', 'web']);
/** Of any part. A node without its witness knows that its database is a copy. */
const notKeptAnywhere = new Set(['postmaster.pid', 'run-witness.json', 'devnet.lock', 'admin.sock']);

/**
 * Copies a data directory whole. It holds the data directory's lock while it copies, so no part runs: the databases of
 * the API and of every node are closed and of the same moment.
 *
 * @param target a folder that does not exist yet, or an empty one; complete when it appears
 * @throws {StartError} Hexkey is running, there is nothing to copy, or the target is taken
 */
export function backUp(dataFolder: string, target: string): void {
  const to = resolve(target);
  if (!existsSync(join(dataFolder, 'node-set.json')))
    throw new StartError(`${dataFolder} holds no installation`);
  if (!relative(dataFolder, to).startsWith('..'))
    throw new StartError('The backup must lie outside the data directory');
  if (existsSync(to) && readdirSync(to).length > 0)
    throw new StartError(`${to} is not empty: name a new folder`);
  const unlock = lockDataFolder(dataFolder);
  try {
    const unfinished = `${to}.unfinished`;
    cpSync(dataFolder, unfinished, {
      recursive: true,
      preserveTimestamps: true,
      errorOnExist: true,
      force: false,
      filter: (path) => !notKept.has(relative(dataFolder, path)) && !notKeptAnywhere.has(basename(path)),
    });
    renameSync(unfinished, to);
  } finally {
    unlock();
  }
}
