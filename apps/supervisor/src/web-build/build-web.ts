import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { repository, viteOf } from '../parts/programs.ts';
import { StartError } from '../start-error.ts';
import { precompress } from './precompress.ts';
import { sourceHash } from './source-hash.ts';

/** Files and folders of the repository that the web client is built from. */
export const webSources = [
  'apps/web',
  'packages/contract/src',
  'packages/group-crypto/src',
  'packages/protocol/src',
  'packages/sdk/src',
  'package-lock.json',
  'patches',
  'tsconfig.base.json',
];

export interface WebBuild {
  /** Holds one folder per build; older ones are deleted. */
  readonly cacheFolder: string;
  /** Hexadecimal; compiled in. */
  readonly operatorKey: string;
  /** Hexadecimal; compiled in. */
  readonly teamKey: string;
  readonly baseEnv: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/**
 * The folder of the built web client; built only when its sources changed. It runs before the other parts start: both
 * together would need the memory of both.
 *
 * @throws {StartError} the build failed; what it printed has been shown
 */
export async function buildWeb({
  cacheFolder,
  operatorKey,
  teamKey,
  baseEnv,
  signal,
  say,
}: WebBuild): Promise<string> {
  const hash = sourceHash(repository.replace(/\/$/, ''), webSources, [operatorKey, teamKey]);
  const folder = join(cacheFolder, hash);
  if (existsSync(join(folder, 'index.html'))) return folder;
  mkdirSync(cacheFolder, { recursive: true });
  for (const old of readdirSync(cacheFolder)) rmSync(join(cacheFolder, old), { recursive: true });
  say('building the web client (once for each version)');
  const unfinished = `${folder}.unfinished`;
  const child = spawn(process.execPath, viteOf('build'), {
    cwd: join(repository, 'apps/web'),
    env: {
      ...baseEnv,
      NODE_ENV: 'production',
      HEXKEY_WEB_OUT: unfinished,
      HEXKEY_OPERATOR_KEY: operatorKey,
      HEXKEY_TEAM_KEY: teamKey,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  if (code !== 0) {
    for (const line of `${output}${errors}`.trim().split('\n')) say(line);
    throw new StartError('The web client could not be built: the reason is above');
  }
  precompress(unfinished);
  renameSync(unfinished, folder);
  return folder;
}
