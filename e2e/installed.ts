import { constants, existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@hexkey/testing';
import { webSources } from '../apps/supervisor/src/web-build/build-web.ts';
import { sourceHash } from '../apps/supervisor/src/web-build/source-hash.ts';
import { startHexkey } from './harness.ts';
import { removeOldBuilds } from './web-build.ts';

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const sources = [
  ...webSources,
  ...['api', 'devnet', 'pin-node', 'supervisor'].map((app) => `apps/${app}/src`),
];

/**
 * Makes an empty data folder that of a Hexkey that was started once and stopped before anybody came: five nodes with their keys, and the
 * web client built. A first start costs a minute of processor time; all files copy one. `start.e2e.ts` is about first starts, and makes its own.
 *
 * @returns the folder
 */
export async function installed(folder: string): Promise<string> {
  const hash = sourceHash(fromRoot('').replace(/\/$/, ''), sources, []);
  const kept = fromRoot(`node_modules/.cache/hexkey/installation-${hash}`);
  if (!existsSync(kept)) await install(kept);
  await cp(kept, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return folder;
}

async function install(kept: string): Promise<void> {
  await mkdir(dirname(kept), { recursive: true });
  await removeOldBuilds(dirname(kept), 'installation-');
  const unfinished = await mkdtemp(`${kept}-`);
  const hexkey = await startHexkey(unfinished, await freePort(), compact);
  if ((await hexkey.stop()) !== 0) throw new Error(`Hexkey did not stop:\n${hexkey.output()}`);
  try {
    await rename(unfinished, kept);
  } catch (error) {
    // Another test file was faster: its installation is as good as ours.
    if (!existsSync(kept)) throw error;
    await rm(unfinished, { recursive: true });
  }
}

/** The nodes in one process, for journeys that are not about single nodes: each process costs two seconds of processor time to start. */
export const compact = { HEXKEY_COMPACT: '1' };
