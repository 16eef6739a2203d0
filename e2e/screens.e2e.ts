import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, launchChromium, type Page } from '@hexkey/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routeOf, routePaths, takeoverKinds } from '../apps/web/src/route-table.ts';
import { expectAccessible, expectNoSideways, watchComplaints } from './page-checks.ts';
import { looks } from './screen-looks.ts';
import { buildWeb, serveWeb } from './web-build.ts';

const screenshots = fileURLToPath(new URL('../node_modules/.cache/screenshots/', import.meta.url));
const sizes = { narrow: { width: 360, height: 740 }, wide: { width: 1440, height: 900 } } as const;

let fake: Awaited<ReturnType<typeof buildWeb>>;
let server: Awaited<ReturnType<typeof serveWeb>>;
let browser: Browser;

beforeAll(async () => {
  await mkdir(screenshots, { recursive: true });
  fake = await buildWeb('fake');
  server = await serveWeb(fake.folder);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await fake?.remove();
});

/** A browser of its own, and at the end proof that it had nothing to complain about. */
async function inBrowser(use: (page: Page) => Promise<void>): Promise<void> {
  const context: BrowserContext = await browser.newContext({
    reducedMotion: 'reduce',
    viewport: sizes.narrow,
  });
  const complaints = watchComplaints(context);
  try {
    await use(await context.newPage());
  } finally {
    await context.close();
  }
  expect(complaints).toEqual([]);
}

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

const fileName = (path: string) => path.slice(1).replaceAll('/', '-');

describe('every page of the route table', () => {
  for (const path of routePaths) {
    const route = routeOf(path);
    const query = { at: route?.places[0] ?? 'home', ...(route?.needs && { needs: route.needs }) };

    test(`${path} is accessible in both sizes and themes`, () =>
      inBrowser(async (page) => {
        await open(page, path, query);
        expect(new URL(page.url()).pathname).toBe(path);
        await inspect(page, fileName(path), everyFrame);
      }));

    test(`${path} is accessible and fits in Chinese`, () =>
      inBrowser(async (page) => {
        await open(page, path, { ...query, language: 'zh-CN' });
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
  test.each(Object.entries(looks))('%s', (name, look) =>
    inBrowser(async (page) => {
      await open(page, look.path, look.query);
      await look.reach(page);
      await inspect(page, `look-${name}`, crossedFrames);
    }),
  );
});

test('the shell weighs less than 200 kB, and nothing of the fake is in what ships', async () => {
  const shipped = await buildWeb('production');
  try {
    const names = await readdir(join(shipped.folder, 'assets'));
    const contents = await Promise.all(names.map((name) => readFile(join(shipped.folder, 'assets', name))));
    const shell = contents[names.findIndex((name) => /^index-.*\.js$/.test(name))];
    expect(gzipSync(shell ?? '').length).toBeLessThan(200_000);
    for (const content of contents) expect(content.includes('someNewOperation')).toBe(false);
  } finally {
    await shipped.remove();
  }
});
