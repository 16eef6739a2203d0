import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Browser, launchChromium, type Page } from '@hexkey/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routeOf, routePaths, takeoverKinds } from '../apps/web/src/route-table.ts';
import { addressOf, chatLooks } from './chat-looks.ts';
import { deviceLooks } from './device-looks.ts';
import { helpLooks } from './help-looks.ts';
import { onePage } from './one-page.ts';
import { expectAccessible, expectNoSideways } from './page-checks.ts';
import { looks } from './screen-looks.ts';
import { supportLooks } from './support-looks.ts';
import { walletAddressOf, walletLooks } from './wallet-looks.ts';
import { buildWeb, serveWeb } from './web-build.ts';

const screenshots = fileURLToPath(new URL('../node_modules/.cache/screenshots/', import.meta.url));
const sizes = { narrow: { width: 360, height: 740 }, wide: { width: 1440, height: 900 } } as const;

let server: Awaited<ReturnType<typeof serveWeb>>;
let browser: Browser;

beforeAll(async () => {
  await mkdir(screenshots, { recursive: true });
  server = await serveWeb(await buildWeb('fake'));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const { use: inBrowser } = onePage(
  () => browser,
  () => server.origin,
  { reducedMotion: 'reduce', viewport: sizes.narrow },
);

interface Frame {
  readonly size: keyof typeof sizes;
  readonly theme: 'light' | 'dark';
}
const everyFrame: readonly Frame[] = [
  { size: 'narrow', theme: 'light' },
  { size: 'narrow', theme: 'dark' },
  { size: 'wide', theme: 'light' },
  { size: 'wide', theme: 'dark' },
];
/** Both sizes and both themes in two frames: for further looks of a page that was itself seen in all four. */
const crossedFrames = everyFrame.slice(1, 3);

/** Shows a page in each frame: no violation of any accessibility rule, nothing wider than the window. */
async function inspect(page: Page, name: string, frames: readonly Frame[]): Promise<void> {
  for (const { size, theme } of frames) {
    await page.setViewportSize(sizes[size]);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const look = `${name}-${size}-${theme}`;
    await page.screenshot({ path: join(screenshots, `${look}.png`) });
    await expectNoSideways(page, look);
    await expectAccessible(page, look);
  }
}

async function open(page: Page, path: string, query: Readonly<Record<string, string>>): Promise<void> {
  await page.goto(`${server.origin}${path}?${new URLSearchParams(query)}`);
  await page
    .locator('h1')
    .filter({ visible: true })
    .first()
    .or(page.getByText('Choose a setting'))
    .first()
    .waitFor();
}

const fileName = (path: string) => path.slice(1).replaceAll('/', '-').replaceAll('$', '');

describe('every page of the route table', () => {
  for (const path of routePaths) {
    const route = routeOf(path);
    const address = walletAddressOf(addressOf(path));
    const query = {
      at: route?.places[0] ?? 'home',
      ...(route?.needs && { needs: route.needs }),
      ...(address !== path && { scenario: 'chats' }),
      ...(path.startsWith('/wallet/') && !route?.transient && { scenario: 'wallet' }),
    };

    test(`${path} is accessible in both sizes and themes`, () =>
      inBrowser(async (page) => {
        await open(page, address, query);
        expect(new URL(page.url()).pathname).toBe(address);
        await inspect(page, fileName(path), everyFrame);
      }));

    test(`${path} is accessible and fits in Chinese`, () =>
      inBrowser(async (page) => {
        await open(page, address, { ...query, language: 'zh-CN' });
        expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
        await page.screenshot({ path: join(screenshots, `${fileName(path)}-zh.png`) });
        await expectNoSideways(page, path);
        await expectAccessible(page, path);
      }));
  }
});

describe('every page that takes the place of all others', () => {
  const queries = {
    'insecure-origin': { takeover: 'insecure-origin' },
    'clock-skew': { scenario: 'clock-skew' },
    'update-required': { scenario: 'update-required' },
    'cannot-start': { scenario: 'start-fails' },
  } as const satisfies Record<(typeof takeoverKinds)[number], Record<string, string>>;
  test.each(takeoverKinds)('%s', (kind) =>
    inBrowser(async (page) => {
      await open(page, '/welcome', queries[kind]);
      await inspect(page, `takeover-${kind}`, everyFrame);
    }),
  );
});

describe('every further look of a page', () => {
  test.each(
    Object.entries({ ...looks, ...chatLooks, ...deviceLooks, ...helpLooks, ...supportLooks, ...walletLooks }),
  )('%s', (name, look) =>
    inBrowser(async (page) => {
      await open(page, look.path, look.query);
      await look.reach(page);
      await inspect(page, `look-${name}`, crossedFrames);
    }),
  );
});

test('what the first page loads besides the SDK weighs less than 200 kB, and nothing of the fake is in what ships', async () => {
  const folder = await buildWeb('production');
  const assets = join(folder, 'assets');
  const contents = new Map(
    await Promise.all(
      (await readdir(assets)).map(async (name) => [name, await readFile(join(assets, name))] as const),
    ),
  );
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  const first = [...page.matchAll(/"\/assets\/([^"]+\.js)"/g)].map(([, name = '']) => name);
  expect(first.some((name) => name.startsWith('index-'))).toBe(true);
  const weights = first
    .filter((name) => !name.startsWith('sdk-'))
    .map((name) => gzipSync(contents.get(name) ?? '').length);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThan(200_000);
  for (const content of contents.values()) expect(content.includes('someNewOperation')).toBe(false);
});
