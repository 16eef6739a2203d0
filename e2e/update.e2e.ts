import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, launchChromium, type Page } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeShellList } from '../apps/web/src/offline/write-shell-list.ts';
import { fakePin } from '../apps/web/src/testing/fake-hexkey.ts';
import { press, typePin } from './fake-web.ts';
import { someBitmap } from './some-bitmap.ts';
import { buildWeb, serveWeb } from './web-build.ts';

/** A new version is offered, and begins when nothing is interrupted by it. The screens are over the in-memory SDK; the worker is the real one. */
let browser: Browser;
let older: string;
let newer: string;
beforeAll(async () => {
  browser = await launchChromium();
  older = await buildWeb('fake');
  newer = await anotherBuild(older);
});
afterAll(async () => {
  await browser?.close();
  if (newer !== undefined) await rm(newer, { recursive: true });
});

/** The same client as another build: each of its scripts has another name. */
async function anotherBuild(folder: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'hexkey-newer-'));
  await cp(folder, copy, { recursive: true });
  const scripts = (await readdir(join(copy, 'assets'))).filter((name) => name.endsWith('.js'));
  const named = new RegExp(scripts.map((name) => name.replaceAll('.', '\\.')).join('|'), 'g');
  for (const name of scripts) await rename(join(copy, 'assets', name), join(copy, 'assets', `newer-${name}`));
  for (const name of ['index.html', 'service-worker.js', ...scripts.map((each) => `assets/newer-${each}`)]) {
    const text = await readFile(join(copy, name), 'utf8');
    const list = /\{"version":.*?\}\}/;
    const changed = name === 'service-worker.js' ? text.replace(list, '__HEXKEY_SHELL__') : text;
    await writeFile(
      join(copy, name),
      changed.replaceAll(named, (found) => `newer-${found}`),
    );
  }
  writeShellList(copy, 'index.html');
  return copy;
}

const bar = (page: Page) => page.getByRole('complementary', { name: 'New version' });
/** Which build a page runs. */
const buildOf = async (page: Page) => {
  const script = await page
    .evaluate('document.querySelector("script[type=module]").src')
    .catch(() => 'loading');
  return String(script).includes('/newer-') ? 'newer' : 'older';
};

async function withServer(
  use: (server: Awaited<ReturnType<typeof serveWeb>>, context: BrowserContext) => Promise<void>,
): Promise<void> {
  const server = await serveWeb(older);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  context.setDefaultTimeout(60_000);
  try {
    await use(server, context);
  } finally {
    await context.close();
    await server.close();
  }
}

async function openKept(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${address}&worker`);
  await page.evaluate('navigator.serviceWorker.ready');
  await expect.poll(() => page.evaluate('navigator.serviceWorker.controller?.state')).toBe('activated');
  return page;
}

/** As a browser does by itself when a page is opened, and this client does every hour. */
const lookForUpdate = (page: Page) =>
  page.evaluate('navigator.serviceWorker.getRegistration().then((it) => it.update()).then(() => undefined)');

test('a new version waits, is offered in every tab, and runs in all of them after Reload', () =>
  withServer(async (server, context) => {
    const page = await openKept(context, `${server.origin}/chats?at=home`);
    const other = await openKept(context, `${server.origin}/more?at=home`);
    server.serve(newer);
    await lookForUpdate(page);
    await bar(page).waitFor();
    await bar(other).waitFor();
    // A page that is opened meanwhile is of the build that the others are.
    await other.reload();
    await other.getByRole('heading', { name: 'More', exact: true }).waitFor();
    expect(await buildOf(other)).toBe('older');
    await press(page, 'Reload');
    for (const each of [page, other]) {
      await expect.poll(() => buildOf(each)).toBe('newer');
      await expect.poll(() => bar(each).count()).toBe(0);
    }
    await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
    await expect.poll(() => page.evaluate('caches.keys().then((names) => names.length)')).toBe(1);
  }));

test('Later leaves it for the next start', () =>
  withServer(async (server, context) => {
    const page = await openKept(context, `${server.origin}/chats?at=home`);
    server.serve(newer);
    await lookForUpdate(page);
    await bar(page).getByRole('button', { name: 'Later' }).click();
    await expect.poll(() => bar(page).count()).toBe(0);
    await page.reload();
    await bar(page).waitFor();
    expect(await buildOf(page)).toBe('older');
  }));

test.each([
  [
    'a PIN',
    '/unlock?at=enter-pin',
    (page: Page) => typePin(page, '27'),
    (page: Page) => page.keyboard.press('Backspace').then(() => page.keyboard.press('Backspace')),
  ],
  [
    'a payment',
    '/wallet/send?at=home&scenario=wallet',
    async (page: Page) => {
      await page.getByLabel('Name, Hexkey ID or address').fill('Katherine');
      await press(page, 'Next');
      await page.getByLabel('Amount in SOL').fill('1.5');
      await press(page, 'Continue');
      await page.getByRole('heading', { name: 'Check and confirm' }).waitFor();
      await press(page, 'Pay 1.5 SOL');
      await typePin(page, fakePin.slice(0, 3));
    },
    async (page: Page) => {
      await page.keyboard.type(fakePin.slice(3));
      await page.getByRole('heading', { name: 'Sent' }).waitFor();
    },
  ],
  [
    'an upload',
    '/profile?at=home&scenario=picture-stalls',
    async (page: Page) => {
      const picture = { name: 'noise.bmp', mimeType: 'image/bmp', buffer: someBitmap(1200, 800) };
      await page.getByLabel('Choose a picture').setInputFiles(picture);
      await expect.poll(() => page.getByLabel('Choose a picture').isDisabled()).toBe(true);
    },
    null,
  ],
])('during %s nothing is offered, and another tab cannot begin it', (_what, path, begin, end) =>
  withServer(async (server, context) => {
    const page = await openKept(context, `${server.origin}${path}`);
    const other = await openKept(context, `${server.origin}/more?at=home`);
    server.serve(newer);
    await lookForUpdate(page);
    await bar(page).waitFor();
    await begin(page);
    await expect.poll(() => bar(page).count()).toBe(0);
    await press(other, 'Reload');
    await bar(other).getByText('Another tab is in the middle of something.').waitFor();
    expect([await buildOf(page), await buildOf(other)]).toEqual(['older', 'older']);
    if (end === null) return;
    await end(page);
    await bar(page).waitFor();
    await press(other, 'Reload');
    await expect.poll(() => buildOf(page)).toBe('newer');
    await expect.poll(() => buildOf(other)).toBe('newer');
  }),
);

test('between the four entries of a new PIN nothing is offered either', () =>
  withServer(async (server, context) => {
    const page = await openKept(context, `${server.origin}/more?at=home`);
    server.serve(newer);
    await lookForUpdate(page);
    await bar(page).waitFor();
    await page.goto(`${server.origin}/pin/set?at=set-pin&worker`);
    await page.getByText('1/4', { exact: true }).waitFor();
    await typePin(page, fakePin);
    await page.getByText('2/4', { exact: true }).waitFor();
    await page.evaluate('new Promise((done) => requestIdleCallback(done))');
    expect(await bar(page).count()).toBe(0);
  }));

test('a version that the server refuses is replaced by Reload, and a tab that is busy follows when it is free', () =>
  withServer(async (server, context) => {
    const busy = await openKept(context, `${server.origin}/unlock?at=enter-pin`);
    const page = await openKept(context, `${server.origin}/chats?at=home&scenario=update-required`);
    await page.getByRole('heading', { name: 'Update Hexkey' }).waitFor();
    await typePin(busy, '27');
    server.serve(newer);
    await press(page, 'Reload');
    await expect.poll(() => buildOf(page)).toBe('newer');
    expect(await buildOf(busy)).toBe('older');
    await busy.keyboard.press('Backspace');
    await busy.keyboard.press('Backspace');
    await expect.poll(() => buildOf(busy)).toBe('newer');
  }));
