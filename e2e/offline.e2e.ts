import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContext, launchChromium, type Page } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fakeChatIds } from '../apps/web/src/testing/some-chats.ts';
import { buildWeb, serveWeb } from './web-build.ts';

/** What the service worker keeps. The screens are over the in-memory SDK, under the front door's policy; the worker is the real one. */
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

async function withServer(
  use: (server: Awaited<ReturnType<typeof serveWeb>>, context: BrowserContext) => Promise<void>,
): Promise<void> {
  const server = await serveWeb(await buildWeb('fake'));
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  try {
    await use(server, context);
  } finally {
    await context.close();
    await server.close();
  }
}

/** Opens a page and waits until this build is kept. */
async function openKept(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(address);
  await page.evaluate('navigator.serviceWorker.ready');
  await expect.poll(() => page.evaluate('navigator.serviceWorker.controller?.state')).toBe('activated');
  return page;
}

test('without a server the client opens: chats, a conversation, help that was never looked at', () =>
  withServer(async (server, context) => {
    const page = await openKept(context, `${server.origin}/chats?at=home&scenario=chats&worker`);
    await server.close();
    await page.goto(`${server.origin}/chats/${fakeChatIds.grace}?at=home&scenario=chats`);
    await page.getByRole('heading', { name: 'Grace Hopper' }).waitFor();
    await page.goto(`${server.origin}/chats?at=home&scenario=chats`);
    await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
    await page.goto(`${server.origin}/help?at=home`);
    await page.getByRole('searchbox', { name: 'Search the articles' }).waitFor();
    // Nothing stands in for what only the server can answer.
    for (const path of ['/api/v1/server', '/nodes/1/req', '/ledger/', '/assets/main-0000.js'])
      expect(await page.evaluate(`fetch('${path}').then((it) => it.status, () => 'none')`)).toBe('none');
  }));

test('a browser finds nothing that keeps the client from being installed', () =>
  withServer(async (server, context) => {
    const page = await openKept(context, `${server.origin}/welcome?worker`);
    const devtools = await context.newCDPSession(page);
    const { url, errors } = await devtools.send('Page.getAppManifest');
    expect([url, errors]).toEqual([`${server.origin}/manifest.webmanifest`, []]);
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    // Contexts of tests are private windows.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  }));

test('the shipped worker is one file that imports nothing, and lists each file of its build as it is', async () => {
  const folder = await buildWeb('production');
  const worker = await readFile(join(folder, 'service-worker.js'), 'utf8');
  const [list = ''] = /\{"version":.*?\}\}/.exec(worker) ?? [];
  expect(/\bimport\b|\bexport\b|__HEXKEY/.exec(worker.replace(list, ''))).toBeNull();
  const { files } = JSON.parse(list) as { files: Record<string, string> };
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const expected = names.filter((name) => name !== 'service-worker.js' && !name.startsWith('help/'));
  const hashOf = async (name: string) =>
    `sha256-${createHash('sha256')
      .update(await readFile(join(folder, name)))
      .digest('base64')}`;
  expect(files).toEqual(
    Object.fromEntries(
      await Promise.all(
        expected.map(async (name) => [name === 'index.html' ? '/' : `/${name}`, await hashOf(name)]),
      ),
    ),
  );
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.webmanifest'), 'utf8'));
  for (const { src, sizes } of manifest.icons) {
    expect(Object.keys(files)).toContain(src);
    if (!src.endsWith('.png')) continue;
    // PNG, section 11.2.1: the width and the height of the image header.
    const image = await readFile(join(folder, src));
    expect(`${image.readUInt32BE(16)}x${image.readUInt32BE(20)}`).toBe(sizes);
  }
});
