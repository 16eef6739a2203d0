import type { Page } from '@hexkey/testing';
import type { Look } from './screen-looks.ts';

const query = { at: 'home' } as const;
const search = async (page: Page, words: string) => page.getByLabel('Search the articles').fill(words);

/** Further looks of the help centre, and of help over a page. */
export const helpLooks: Readonly<Record<string, Look>> = {
  'help-home': {
    path: '/help',
    query,
    reach: (page) => page.getByRole('link', { name: 'Recovery Kit' }).waitFor(),
  },
  'help-found': {
    path: '/help',
    query,
    async reach(page) {
      await search(page, 'forgot pin');
      await page.getByText('1,284 readers').or(page.getByText('1284 readers')).first().waitFor();
    },
  },
  'help-nothing-found': {
    path: '/help',
    query,
    async reach(page) {
      await search(page, 'zebra');
      await page.getByText('Nothing found').waitFor();
    },
  },
  'help-article': {
    path: '/help/recovery-kit/set-recovery-contact',
    query,
    reach: (page) => page.getByRole('heading', { name: 'Was this helpful?' }).waitFor(),
  },
  'help-thanks': {
    path: '/help/pin/forgot-pin',
    query: { at: 'signed-out' },
    async reach(page) {
      await page.getByRole('button', { name: 'Yes', exact: true }).click();
      await page.getByText('Thank you.').waitFor();
    },
  },
  'help-over-page': {
    path: '/pin/set',
    query: { at: 'set-pin' },
    async reach(page) {
      await page.getByRole('button', { name: 'Help', exact: true }).click();
      await page.getByRole('dialog', { name: 'What is the PIN?' }).waitFor();
      await page.getByRole('heading', { name: 'Setting it' }).waitFor();
    },
  },
};
