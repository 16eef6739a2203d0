import { type Browser, launchChromium, type Page } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GroupPage } from './testing/chromium-page/main.ts';
import { groupStoreRules } from './testing/group-store-rules.ts';
import { serveChromiumPage } from './testing/serve-page.ts';

let site: Awaited<ReturnType<typeof serveChromiumPage>>;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  site = await serveChromiumPage();
  browser = await launchChromium();
  page = await browser.newPage();
  await page.goto(site.url);
  await page.waitForFunction(() => document.title === 'ready');
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

async function inPage<M extends keyof GroupPage>(method: M): Promise<Awaited<ReturnType<GroupPage[M]>>> {
  const result: unknown = await page.evaluate(`groupPage.${method}()`);
  return result as Awaited<ReturnType<GroupPage[M]>>;
}

test('IndexedDB follows the rules of every group store', async () => {
  const outcomes = await inPage('storeRules');
  expect(outcomes).toEqual(Object.fromEntries(Object.keys(groupStoreRules).map((name) => [name, 'holds'])));
});

test('what rests in IndexedDB is sealed under a key nobody can take out, each row to its place', async () => {
  expect(await inPage('sealedRows')).toEqual({
    hasPlaintext: false,
    swapped: 'OperationError',
    extractable: false,
  });
});

test('two devices talk through their workers, and a state is found again after its worker has closed', async () => {
  expect(await inPage('talkThroughWorkers')).toEqual([
    'no-group',
    'joined',
    'joined',
    'through two workers',
    'hexkey/v1/groups/ana',
    'hexkey/v1/groups/bob',
    '10 tables',
  ]);
});
