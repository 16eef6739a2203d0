import type { Page } from '@hexkey/testing';
import { fakePin } from '../apps/web/src/testing/fake-hexkey.ts';
import type { Look } from './screen-looks.ts';

const appLock = '/settings/account/privacy/app-lock';
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function lock(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'After 5 minutes' }).check();
  await press(page, 'Lock now');
  await page.getByRole('heading', { name: 'Hexkey is locked' }).waitFor();
}

/** Further looks of what a device does for itself. */
export const deviceLooks: Readonly<Record<string, Look>> = {
  'app-lock-on': {
    path: appLock,
    query: { at: 'home' },
    async reach(page) {
      await page.getByRole('radio', { name: 'After 5 minutes' }).check();
      await page.getByRole('button', { name: 'Lock now' }).waitFor();
    },
  },
  'app-locked': { path: appLock, query: { at: 'home' }, reach: lock },
  'app-locked-wrong-pin': {
    path: appLock,
    query: { at: 'home' },
    async reach(page) {
      await lock(page);
      await page.getByLabel('PIN', { exact: true }).pressSequentially('271828');
      await page.getByText('Wrong PIN').waitFor();
    },
  },
  'new-version': {
    path: '/chats',
    query: { at: 'home', scenario: 'chats', update: 'waits' },
    reach: (page) => page.getByRole('complementary', { name: 'New version' }).waitFor(),
  },
  'export-done': {
    path: '/settings/account/export',
    query: { at: 'home' },
    async reach(page) {
      await page.getByLabel('PIN', { exact: true }).pressSequentially(fakePin);
      await page.getByText('The file is yours').waitFor();
    },
  },
  'not-fetched': {
    path: '/welcome',
    query: { at: 'signed-out' },
    async reach(page) {
      await page.evaluate('Object.defineProperty(navigator, "onLine", { value: false, configurable: true })');
      await page.route('**/assets/help-screens-*.js', (route) =>
        route.fulfill({ status: 200, contentType: 'text/javascript', body: 'export {}' }),
      );
      await page.getByRole('link', { name: 'Help' }).click();
      await page.getByRole('heading', { name: 'You are offline' }).waitFor();
    },
  },
};
