import { join } from 'node:path';
import { DomainError } from '@hexkey/contract';
import { LockHeldError, takeProcessLock } from '@hexkey/process-lock';
import { openPrivateFolder } from '@hexkey/sdk/node';
import type { Options } from '../options.ts';
import { UsageError } from '../usage-error.ts';

/** Where one account of this computer is kept. */
export interface ProfileFolder {
  readonly settingsPath: string;
  readonly vaultPath: string;
  /** Gives the profile back to other processes. */
  release(): void;
}

/**
 * Opens a profile for this process alone.
 * @throws {UsageError} a name that is no name
 * @throws {DomainError} `StorageUnavailable`: `in-use` by another process, `exposed` to other users, `blocked`
 */
export function openProfileFolder(options: Options, env: NodeJS.ProcessEnv): ProfileFolder {
  const folder = folderOf(options, env);
  openPrivateFolder(folder);
  return {
    settingsPath: join(folder, settingsName),
    vaultPath: join(folder, 'vault.json'),
    release: lock(join(folder, 'lock')),
  };
}

/** For reading alone: opens and locks nothing. @throws {UsageError} a name that is no name */
export const settingsPathOf = (options: Options, env: NodeJS.ProcessEnv): string =>
  join(folderOf(options, env), settingsName);

const settingsName = 'profile.json';

function folderOf(options: Options, env: NodeJS.ProcessEnv): string {
  const name = options.profile ?? 'default';
  if (!/^[a-z0-9][a-z0-9_-]{0,31}$/.test(name))
    throw new UsageError('A profile name has small letters, digits, - and _ only.');
  return join(options['data-dir'] ?? stateFolder(env), name);
}

/** XDG Base Directory Specification 0.8: state that should outlive restarts. Relative values are to be ignored. */
function stateFolder({ XDG_STATE_HOME, HOME }: NodeJS.ProcessEnv): string {
  if (XDG_STATE_HOME?.startsWith('/')) return join(XDG_STATE_HOME, 'hexkey');
  if (HOME) return join(HOME, '.local', 'state', 'hexkey');
  throw new UsageError('There is no home directory to keep keys in. Name a folder with --data-dir.');
}

function lock(path: string): () => void {
  try {
    return takeProcessLock(path);
  } catch (error) {
    if (error instanceof LockHeldError) throw new DomainError('StorageUnavailable', { problem: 'in-use' });
    throw error;
  }
}
