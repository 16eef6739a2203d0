import { accessSync, constants, mkdirSync } from 'node:fs';
import { StartError, systemCodeOf } from '../start-error.ts';

/** Makes the data directory, for its owner only. @throws {StartError} it cannot be written */
export function openDataFolder(dataFolder: string): void {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    accessSync(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === null) throw error;
    throw new StartError(
      `Cannot write to ${dataFolder} (${code}): set HEXKEY_DATA_DIR to a directory of yours`,
    );
  }
}
