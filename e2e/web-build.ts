import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { securityHeaders } from '../apps/front-door/src/web/security-headers.ts';
import { webFiles } from '../apps/front-door/src/web/web-files.ts';
import { webSources } from '../apps/supervisor/src/web-build/build-web.ts';
import { sourceHash } from '../apps/supervisor/src/web-build/source-hash.ts';

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const anyKey = '00'.repeat(32);

/**
 * The folder of a built web client. All test files share one build, made again when a source changes. `fake`: the same screens
 * over an in-memory SDK.
 */
export async function buildWeb(mode: 'production' | 'fake'): Promise<string> {
  const hash = sourceHash(fromRoot('').replace(/\/$/, ''), webSources, [mode]);
  const folder = fromRoot(`node_modules/.cache/hexkey/web-${mode}-${hash}`);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  await removeOldBuilds(dirname(folder), 'web-');
  const unfinished = await mkdtemp(`${folder}-`);
  const vite = [fromRoot('node_modules/vite/bin/vite.js'), 'build', fromRoot('apps/web'), '--mode', mode];
  await promisify(execFile)(process.execPath, [...vite, '--config', fromRoot('apps/web/vite.config.ts')], {
    env: { ...process.env, NODE_ENV: 'production', HEXKEY_WEB_OUT: unfinished, HEXKEY_OPERATOR_KEY: anyKey },
  });
  if (mode === 'fake')
    await rename(join(unfinished, 'src/testing/fake.html'), join(unfinished, 'index.html'));
  try {
    await rename(unfinished, folder);
  } catch (error) {
    // Another test file was faster: its build is as good as ours.
    if (!existsSync(folder)) throw error;
    await rm(unfinished, { recursive: true });
  }
  return folder;
}

/** What nobody built today; a run beside this one may still use the others. */
export async function removeOldBuilds(builds: string, prefix: string): Promise<void> {
  const old = Date.now() - 24 * 3_600_000;
  for (const name of (await readdir(builds)).filter((each) => each.startsWith(prefix))) {
    // Another run may be removing the same.
    const found = statSync(join(builds, name), { throwIfNoEntry: false });
    if (found && found.mtimeMs < old) await rm(join(builds, name), { recursive: true, force: true });
  }
}

/** A page beside the client, of the same origin, where nothing runs. */
export const blankPath = '/blank';
const blankPage = '<!doctype html><title>blank</title><link rel="icon" href="/mark.svg">';

interface ServedWeb {
  readonly origin: string;
  /** Another build from now on. */
  serve(folder: string): void;
  close(): Promise<void>;
}

/** Serves a built client as the front door does, with the headers it sends. */
export async function serveWeb(folder: string): Promise<ServedWeb> {
  const headers = securityHeaders(new URL('http://localhost'), []);
  let files = webFiles(folder, headers);
  const server = createServer((request, response) => {
    if (request.url === blankPath) response.setHeader('content-type', 'text/html').end(blankPage);
    else files(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    serve(next) {
      files = webFiles(next, headers);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
