import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartError, systemCodeOf } from '../start-error.ts';

/** Makes the data directory, for its owner only. @throws {StartError} it cannot be written */
export function openDataFolder(dataFolder: string): void {
  try {
    makeFolder(dataFolder);
    accessSync(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === null) throw error;
    throw new StartError(
      `Cannot write to ${dataFolder} (${code}): set HEXKEY_DATA_DIR to a directory of yours`,
    );
  }
}

/** Level by level: Node's own recursive way never returns where a folder can be looked into but not made (`/proc`). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}
