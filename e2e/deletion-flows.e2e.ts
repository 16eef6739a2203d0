import { expect, test } from 'vitest';
import { fakePin } from '../apps/web/src/testing/fake-hexkey.ts';
import { fakeRecoveryCode } from '../apps/web/src/testing/fake-recovery.ts';
import { pathOf, press, typePin, useFakeWeb } from './fake-web.ts';

/** Deleting an account, and coming back before the day. */
const { inBrowser } = useFakeWeb();

test('an account is deleted from its settings: read, PIN, balances, the day, PIN; then nobody is logged in', () =>
  inBrowser('/settings/account?at=home&scenario=wallet', async (page) => {
    await page.getByRole('link', { name: 'Delete my account' }).click();
    await page.getByText('Lost for good: the wallet').waitFor();
    await page.getByLabel('Also erase this device').check();
    await press(page, 'Continue');
    await typePin(page, '271828');
    await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    await typePin(page, fakePin);
    await page.getByText('You would lose this').waitFor();
    await press(page, 'Continue');
    await press(page, 'Send code');
    await page.getByLabel('Code').pressSequentially(fakeRecoveryCode);
    await page.getByRole('heading', { name: /Your account is deleted on/ }).waitFor();
    expect(pathOf(page)).toBe('/settings/account/delete');
    await typePin(page, fakePin);
    await page.getByRole('button', { name: 'Existing account' }).waitFor();
  }));

test('without a number there is no code; with one, a wrong code leads back to it, and nothing is decided before', () =>
  inBrowser('/settings/account/delete?at=home&scenario=kit-phone', async (page) => {
    await press(page, 'Continue');
    await typePin(page, fakePin);
    await page.getByRole('heading', { name: 'Your wallet' }).waitFor();
    await press(page, 'Continue');
    await press(page, 'Send code');
    await page.getByLabel('Code').pressSequentially('0000');
    await page.getByRole('heading', { name: /Your account is deleted on/ }).waitFor();
    await typePin(page, fakePin);
    await page.getByText('Code 20113').waitFor();
    await page.getByLabel('Code').pressSequentially(fakeRecoveryCode);
    await typePin(page, fakePin);
    await page.getByRole('button', { name: 'Existing account' }).waitFor();
  }));

test('who has not decided keeps the account with one tap', () =>
  inBrowser('/settings/account/delete?at=home', async (page) => {
    await page.getByText('You could not change your mind').waitFor();
    await page.getByRole('button', { name: 'Keep my account' }).click();
    await page.getByRole('heading', { name: 'Account', exact: true }).waitFor();
  }));

test('a login before the day is told so, reads for five seconds, and keeps the account with the PIN', () =>
  inBrowser('/unlock?at=enter-pin&scenario=deletion-pending', async (page) => {
    await page.getByRole('heading', { name: 'This account is about to be deleted' }).waitFor();
    expect(await page.getByRole('button', { name: /^Continue in \d s$/ }).isDisabled()).toBe(true);
    expect(await page.getByRole('textbox', { name: 'PIN' }).count()).toBe(0);
    await press(page, 'Continue and keep the account');
    await page.getByText('Enter your PIN to keep your account.').waitFor();
    await typePin(page, fakePin);
    await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
  }));

test('who leaves instead keeps nothing, and needs no PIN for it', () =>
  inBrowser('/unlock?at=enter-pin&scenario=deletion-pending', async (page) => {
    await press(page, 'Leave, and let it be deleted');
    await page.getByRole('button', { name: 'Existing account' }).waitFor();
  }));
