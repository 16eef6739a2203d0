import { execFile } from 'node:child_process';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { securityHeaders } from '../apps/front-door/src/web/security-headers.ts';
import { webFiles } from '../apps/front-door/src/web/web-files.ts';

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const anyKey = '00'.repeat(32);

/** A built web client in a folder of its own. `fake`: the same screens over an in-memory SDK. */
export async function buildWeb(
  mode: 'production' | 'fake',
): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), `hexkey-web-${mode}-`));
  const vite = [fromRoot('node_modules/vite/bin/vite.js'), 'build', fromRoot('apps/web'), '--mode', mode];
  await promisify(execFile)(process.execPath, [...vite, '--config', fromRoot('apps/web/vite.config.ts')], {
    env: { ...process.env, NODE_ENV: 'production', HEXKEY_WEB_OUT: folder, HEXKEY_OPERATOR_KEY: anyKey },
  });
  if (mode === 'fake') await rename(join(folder, 'src/testing/fake.html'), join(folder, 'index.html'));
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** Serves a built client as the front door does, with the headers it sends. */
export async function serveWeb(folder: string): Promise<{ origin: string; close(): Promise<void> }> {
  const headers = securityHeaders(new URL('http://localhost'), []);
  const server = createServer(webFiles(folder, headers));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
