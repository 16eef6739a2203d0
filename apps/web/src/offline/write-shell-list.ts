import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import type { ShellList } from './shell.ts';

const workerFile = 'service-worker.js';
const placeholder = '__HEXKEY_SHELL__';

/** Puts the list of a build's files into its service worker, once they are written. */
export function shellList(pageFile: string): Plugin {
  return {
    name: 'hexkey-shell-list',
    apply: 'build',
    writeBundle({ dir }) {
      if (dir !== undefined) writeShellList(dir, pageFile);
    },
  };
}

/**
 * @param pageFile within the folder: it is served at every page's address
 * @throws {Error} the worker has no place for the list, or more than one
 */
export function writeShellList(folder: string, pageFile: string): void {
  const worker = join(folder, workerFile);
  const parts = readFileSync(worker, 'utf8').split(placeholder);
  if (parts.length !== 2) throw new Error(`${workerFile} has ${parts.length - 1} places for its list`);
  writeFileSync(worker, parts.join(JSON.stringify(listOf(folder, pageFile))));
}

/** The same files make the same list, in whatever order the disk has them. Pictures of the help centre are fetched when they are looked at. */
function listOf(folder: string, pageFile: string): ShellList {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((name) => name !== workerFile && !name.startsWith('help/'))
    .sort();
  const files = Object.fromEntries(
    names.map((name) => [
      name === pageFile ? '/' : `/${name}`,
      `sha256-${createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('base64')}`,
    ]),
  );
  return { version: createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 24), files };
}
