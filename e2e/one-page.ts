import type { Browser, BrowserContext, Page } from '@hexkey/testing';
import { expect } from 'vitest';
import { watchComplaints } from './page-checks.ts';
import { blankPath } from './web-build.ts';

type ContextOptions = Parameters<Browser['newContext']>[0];

interface OpenPage {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly complaints: string[];
}

/**
 * The page that the tests of a file use one after another. To load the client in a new browser costs four times what it
 * costs where its code is compiled already, and that is most of what a test of one screen does. Before each test it is as a
 * new one: nothing stored, online, with nothing answered in the server's place, at its first size. After a failed test it is thrown away.
 */
export function onePage(browser: () => Browser, origin: () => string, options: ContextOptions) {
  let open: OpenPage | null = null;
  return {
    /** @throws an assertion when the browser had anything to complain about */
    async use(work: (page: Page) => Promise<void>): Promise<void> {
      open ??= await openPage(browser(), options);
      const { context, page, complaints } = open;
      try {
        await empty(context, page, origin());
        if (options?.viewport) await page.setViewportSize(options.viewport);
        await work(page);
        expect(complaints.splice(0)).toEqual([]);
      } catch (error) {
        open = null;
        await context.close();
        throw error;
      }
    },
  };
}

/** A browser of its own, for a test that changes what cannot be changed back, like its clock. */
export async function ownPage(
  browser: Browser,
  options: ContextOptions,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const { context, page, complaints } = await openPage(browser, options);
  try {
    await work(page);
  } finally {
    await context.close();
  }
  expect(complaints).toEqual([]);
}

async function openPage(browser: Browser, options: ContextOptions): Promise<OpenPage> {
  const context = await browser.newContext(options);
  const complaints = watchComplaints(context);
  return { context, complaints, page: await context.newPage() };
}

async function empty(context: BrowserContext, page: Page, origin: string): Promise<void> {
  await context.setOffline(false);
  await page.unrouteAll();
  await context.clearCookies();
  await page.goto(origin + blankPath);
  await page.evaluate('localStorage.clear(); sessionStorage.clear()');
}
