import type { Page } from '@hexkey/testing';
import { fakePin } from '../apps/web/src/testing/fake-hexkey.ts';

/** A look that a page takes on after some steps, and how to get there. */
export interface Look {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  reach(page: Page): Promise<void>;
}

const newPin = '271828';
const typePin = (page: Page, digits: string) =>
  page.getByLabel('PIN', { exact: true }).pressSequentially(digits);
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function enterFourTimes(page: Page): Promise<void> {
  await typeFourTimes(page);
  await page.getByLabel('I lose access to my account and assets').waitFor();
}

async function typeFourTimes(page: Page): Promise<void> {
  for (const entry of ['1/4', '2/4', '3/4', '4/4']) {
    await page.getByText(entry, { exact: true }).waitFor();
    await typePin(page, newPin);
  }
}

const changePin = '/settings/account/security/pin/change';

export const looks: Readonly<Record<string, Look>> = {
  'set-pin-mismatch': {
    path: '/pin/set',
    query: { at: 'set-pin' },
    async reach(page) {
      await typePin(page, newPin);
      await page.getByText('2/4').waitFor();
      await typePin(page, fakePin);
      await page.getByText('That was a different PIN').waitFor();
      await typePin(page, '27');
    },
  },
  'set-pin-weak': {
    path: '/pin/set',
    query: { at: 'set-pin' },
    async reach(page) {
      await typePin(page, '123456');
      await page.getByText('Too easy to guess').waitFor();
    },
  },
  'set-pin-question': { path: '/pin/set', query: { at: 'set-pin' }, reach: enterFourTimes },
  'set-pin-question-wrong': {
    path: '/pin/set',
    query: { at: 'set-pin' },
    async reach(page) {
      await enterFourTimes(page);
      await page.getByLabel('It can be recovered later').check();
      await press(page, 'Continue');
      await page.getByRole('alert').waitFor();
    },
  },
  'set-pin-failed': {
    path: '/pin/set',
    query: { at: 'set-pin', scenario: 'nodes-down' },
    async reach(page) {
      await enterFourTimes(page);
      await page.getByLabel('I lose access to my account and assets').check();
      await press(page, 'Continue');
      await page.getByRole('button', { name: 'Retry' }).waitFor();
    },
  },
  'set-pin-working': {
    path: '/pin/set',
    query: { at: 'set-pin', scenario: 'nodes-silent' },
    async reach(page) {
      await enterFourTimes(page);
      await page.getByLabel('I lose access to my account and assets').check();
      await press(page, 'Continue');
      await page.getByText('3/5').waitFor();
    },
  },
  'set-pin-finish': {
    path: '/pin/set',
    query: { at: 'set-pin', scenario: 'interrupted' },
    reach: (page) => page.getByRole('heading', { name: 'Finish setting your PIN' }).waitFor(),
  },
  'change-pin-old-wrong': {
    path: changePin,
    query: { at: 'home' },
    async reach(page) {
      await typePin(page, newPin);
      await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    },
  },
  'change-pin-unchanged': {
    path: changePin,
    query: { at: 'home' },
    async reach(page) {
      await typePin(page, fakePin);
      await page.getByText('1/4').waitFor();
      await typePin(page, fakePin);
      await page.getByText('That is your present PIN').waitFor();
    },
  },
  'change-pin-working': {
    path: changePin,
    query: { at: 'home', scenario: 'nodes-silent' },
    async reach(page) {
      await typePin(page, fakePin);
      await typeFourTimes(page);
      await page.getByText('3/5').waitFor();
    },
  },
  'change-pin-failed': {
    path: changePin,
    query: { at: 'home', scenario: 'change-fails' },
    async reach(page) {
      await typePin(page, fakePin);
      await typeFourTimes(page);
      await page.getByRole('button', { name: 'Retry' }).waitFor();
    },
  },
  'change-pin-done': {
    path: changePin,
    query: { at: 'home' },
    async reach(page) {
      await typePin(page, fakePin);
      await typeFourTimes(page);
      await page.getByRole('heading', { name: 'PIN changed' }).waitFor();
    },
  },
  'change-pin-put-off': {
    path: '/pin/finish-change',
    query: { at: 'home', scenario: 'change-interrupted' },
    async reach(page) {
      await press(page, 'Later');
      await page.getByRole('link', { name: 'More' }).click();
      await page.getByRole('link', { name: 'Settings' }).click();
      await page.getByRole('link', { name: 'Account' }).first().click();
      await page.getByRole('link', { name: 'Security' }).click();
      await page.getByRole('link', { name: 'PIN', exact: true }).click();
      await page.getByText('A PIN change was interrupted').waitFor();
    },
  },
  'words-shown': {
    path: '/welcome/words',
    query: { at: 'home', needs: 'offered-words' },
    async reach(page) {
      await press(page, 'Save now');
      await page.getByText('winner').first().waitFor();
    },
  },
  'words-hidden': {
    path: '/welcome/words',
    query: { at: 'home', needs: 'offered-words' },
    async reach(page) {
      await press(page, 'Save now');
      await page.getByText('winner').first().waitFor();
      await page.evaluate('window.dispatchEvent(new Event("blur"))');
      await page.getByRole('button', { name: 'Show again' }).waitFor();
    },
  },
  'words-typed': {
    path: '/login/words',
    query: { at: 'signed-out' },
    async reach(page) {
      await page.getByLabel('Word 1', { exact: true }).fill('legal winner thank');
      await page.getByLabel('Word 4', { exact: true }).fill('zzz');
      await page.getByLabel('Word 5', { exact: true }).pressSequentially('wa');
      await page.getByRole('option').first().waitFor();
    },
  },
  'words-refused': {
    path: '/login/words',
    query: { at: 'signed-out' },
    async reach(page) {
      await page.getByLabel('Word 1', { exact: true }).fill(`${'legal winner thank '.repeat(4)}year`);
      await press(page, 'Log in');
      await page.getByRole('alert').waitFor();
    },
  },
  'phone-refused': {
    path: '/register/phone',
    query: { at: 'signed-out' },
    async reach(page) {
      await page.getByLabel('Phone number').fill('12');
      await press(page, 'Send code');
      await page.getByRole('alert').waitFor();
    },
  },
  'code-wrong': {
    path: '/login/phone/code',
    query: { at: 'signed-out', needs: 'verification' },
    async reach(page) {
      await page.getByLabel('Code', { exact: true }).fill('0000');
      await page.getByText('Tries left: 2').waitFor();
    },
  },
  'unlock-menu': {
    path: '/unlock',
    query: { at: 'enter-pin' },
    async reach(page) {
      await press(page, 'Menu');
      await page.getByRole('menuitem', { name: 'Forgot PIN' }).waitFor();
    },
  },
  'unlock-wrong': {
    path: '/unlock',
    query: { at: 'enter-pin' },
    async reach(page) {
      await typePin(page, newPin);
      await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    },
  },
  'unlock-locked': {
    path: '/unlock',
    query: { at: 'enter-pin', scenario: 'locked' },
    async reach(page) {
      await typePin(page, newPin);
      await page.getByText('Locked', { exact: true }).waitFor();
    },
  },
  'unlock-nodes-down': {
    path: '/unlock',
    query: { at: 'enter-pin', scenario: 'nodes-down' },
    async reach(page) {
      await typePin(page, newPin);
      await page.getByRole('button', { name: 'Retry' }).waitFor();
    },
  },
  'unlock-offline': {
    path: '/unlock',
    query: { at: 'enter-pin' },
    async reach(page) {
      await page.context().setOffline(true);
      await page.getByText('You are offline. No try is used.').waitFor();
    },
  },
  'switch-account': {
    path: '/unlock',
    query: { at: 'enter-pin' },
    async reach(page) {
      await press(page, 'Menu');
      await page.getByRole('menuitem', { name: 'Switch account' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  'switch-account-blocked': {
    path: '/unlock',
    query: { at: 'enter-pin', scenario: 'only-copy' },
    async reach(page) {
      await press(page, 'Menu');
      await page.getByRole('menuitem', { name: 'Switch account' }).click();
      await page.getByText('You cannot switch account yet').waitFor();
    },
  },
  'log-out-blocked': {
    path: '/settings/account/log-out',
    query: { at: 'home', scenario: 'only-copy' },
    reach: (page) => page.getByText('You cannot log out yet').waitFor(),
  },
  'logs-empty': {
    path: '/settings/account/security/logs',
    query: { at: 'home', scenario: 'no-logs' },
    reach: (page) => page.getByText('Nothing yet').waitFor(),
  },
  'logs-failed': {
    path: '/settings/account/security/logs',
    query: { at: 'home', scenario: 'logs-fail' },
    reach: (page) => page.getByRole('button', { name: 'Retry' }).waitFor(),
  },
  'phrase-viewed': {
    path: '/settings/account/security/words',
    query: { at: 'home' },
    async reach(page) {
      await typePin(page, fakePin);
      await page.getByText('winner').first().waitFor();
    },
  },
};
