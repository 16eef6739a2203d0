import { type Browser, launchChromium, type Page } from '@hexkey/testing';
import { afterAll, beforeAll } from 'vitest';
import { onePage, ownPage } from './one-page.ts';
import { buildWeb, serveWeb } from './web-build.ts';

const options = { viewport: { width: 390, height: 844 } };

/** The screens over the in-memory SDK, under the front door's policy, in a browser: for the tests of one file. */
export function useFakeWeb() {
  let server: Awaited<ReturnType<typeof serveWeb>>;
  let browser: Browser;
  beforeAll(async () => {
    server = await serveWeb(await buildWeb('fake'));
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  const shared = onePage(
    () => browser,
    () => server.origin,
    options,
  );
  const at = (address: string, use: (page: Page) => Promise<void>) => async (page: Page) => {
    page.setDefaultTimeout(60_000);
    await page.goto(server.origin + address);
    await use(page);
  };
  return {
    origin: () => server.origin,
    browser: () => browser,
    /** At an address, in the page that these tests share, as if it were a new one. */
    inBrowser: (address: string, use: (page: Page) => Promise<void>) => shared.use(at(address, use)),
    /** The same in a browser of its own. */
    inOwnBrowser: (address: string, use: (page: Page) => Promise<void>) =>
      ownPage(browser, options, at(address, use)),
  };
}

export const pathOf = (page: Page) => new URL(page.url()).pathname;
export const pinField = (page: Page) => page.getByRole('textbox', { name: 'PIN' });
export const typePin = (page: Page, pin: string) => pinField(page).pressSequentially(pin);
export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
