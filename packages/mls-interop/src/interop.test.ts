import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, launchChromium } from '@hexkey/testing';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};
const folder = mkdtempSync(join(tmpdir(), 'hexkey-interop-'));
const server = createServer(async (request, response) => {
  const path = normalize(request.url === '/' ? '/index.html' : (request.url ?? '/'));
  try {
    const body = await readFile(join(folder, path));
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' });
    response.end(body);
  } catch {
    // The browser asks for an icon that is not there.
    response.writeHead(404).end();
  }
});
let browser: Browser;

beforeAll(async () => {
  await build({
    root: fileURLToPath(new URL('./page', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      target: 'esnext',
      reportCompressedSize: false,
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  server.close();
  rmSync(folder, { recursive: true });
});

test('a group of our devices and of OpenMLS’s goes through random operations, and everybody agrees after each', async () => {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction(() => document.title === 'ready');
  const counts: unknown = await page.evaluate('interopPage.run(20, 60)');
  for (const what of ['added', 'removed', 'renewed keys', 'joined externally', 'spoke'])
    expect(counts, JSON.stringify(counts)).toHaveProperty(what);
});
