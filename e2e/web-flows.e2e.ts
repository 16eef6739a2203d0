import { type Browser, launchChromium, type Page } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fakePin } from '../apps/web/src/testing/fake-hexkey.ts';
import { watchComplaints } from './page-checks.ts';
import { buildWeb, serveWeb } from './web-build.ts';

/** What the screens do from page to page, over the in-memory SDK, under the front door's policy. */
let fake: Awaited<ReturnType<typeof buildWeb>>;
let server: Awaited<ReturnType<typeof serveWeb>>;
let browser: Browser;

beforeAll(async () => {
  fake = await buildWeb('fake');
  server = await serveWeb(fake.folder);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await fake?.remove();
});

async function inBrowser(address: string, use: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const complaints = watchComplaints(context);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(server.origin + address);
  await use(page);
  await context.close();
  expect(complaints).toEqual([]);
}

const pathOf = (page: Page) => new URL(page.url()).pathname;
const pinField = (page: Page) => page.getByRole('textbox', { name: 'PIN' });
const typePin = (page: Page, pin: string) => pinField(page).pressSequentially(pin);
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function choosePin(page: Page, pin: string): Promise<void> {
  for (const entry of ['1/4', '2/4', '3/4', '4/4']) {
    await page.getByText(entry, { exact: true }).waitFor();
    await typePin(page, pin);
  }
}

test('a registration runs from the landing page to the chats, and the keyboard alone is enough', () =>
  inBrowser('/', async (page) => {
    await page.getByRole('button', { name: 'Create account' }).press('Enter');
    await page.getByRole('button', { name: 'Use a mnemonic phrase' }).press('Enter');
    await page.getByRole('button', { name: 'Continue' }).press('Enter');
    await page.getByRole('heading', { name: 'Set your PIN' }).waitFor();
    // The field has the focus: typing needs no click.
    for (const entry of ['1/4', '2/4', '3/4', '4/4']) {
      await page.getByText(entry, { exact: true }).waitFor();
      await page.keyboard.type(fakePin);
    }
    await page.getByLabel('I lose access to my account and assets').press('Space');
    await page.getByRole('button', { name: 'Continue' }).press('Enter');
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('button', { name: 'Later' }).press('Enter');
    await page.getByLabel('Name').press('A');
    await page.getByLabel('Name').press('Enter');
    await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
    expect(pathOf(page)).toBe('/chats');
  }));

test('the question about a lost PIN cannot be passed wrongly', () =>
  inBrowser('/pin/set?at=set-pin', async (page) => {
    await choosePin(page, fakePin);
    const wrong = page.getByLabel('It can be recovered later');
    await wrong.check();
    await press(page, 'Continue');
    await page.getByRole('alert').waitFor();
    expect(await wrong.isChecked()).toBe(false);
    expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true);
  }));

test('a failed set keeps the digits: Retry asks for nothing', () =>
  inBrowser('/pin/set?at=set-pin&scenario=nodes-down', async (page) => {
    await choosePin(page, fakePin);
    await page.getByLabel('I lose access to my account and assets').check();
    await press(page, 'Continue');
    await page.getByText('Code 20140').waitFor();
    await press(page, 'Retry');
    await page.getByRole('progressbar').waitFor();
  }));

test('an interrupted set asks for the PIN once', () =>
  inBrowser('/?at=set-pin&scenario=interrupted', async (page) => {
    await page.getByRole('heading', { name: 'Finish setting your PIN' }).waitFor();
    await typePin(page, fakePin);
    await page.getByRole('button', { name: 'Save now' }).waitFor();
  }));

test('with nothing left to finish the PIN is chosen anew, four times', () =>
  inBrowser('/?at=set-pin&scenario=nothing-to-finish', async (page) => {
    await page.getByRole('heading', { name: 'Finish setting your PIN' }).waitFor();
    await typePin(page, fakePin);
    await page.getByText('Nothing was left to finish.').waitFor();
    await page.getByText('1/4').waitFor();
  }));

test('a deep link survives the PIN gate', () =>
  inBrowser('/settings/appearance?at=enter-pin', async (page) => {
    await page.getByRole('heading', { name: 'Enter your PIN' }).waitFor();
    expect(pathOf(page)).toBe('/unlock');
    await typePin(page, fakePin);
    await page.getByRole('radio', { name: 'Dark' }).waitFor();
    expect(pathOf(page)).toBe('/settings/appearance');
  }));

test('a wrong PIN empties the field, says how many tries are left and gives the focus back', () =>
  inBrowser('/unlock?at=enter-pin', async (page) => {
    await typePin(page, '271828');
    await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    expect(await pinField(page).inputValue()).toBe('');
    await page.keyboard.type('27');
    expect(await pinField(page).inputValue()).toBe('••');
  }));

test('the page never holds a digit of the PIN', () =>
  inBrowser('/unlock?at=enter-pin', async (page) => {
    await typePin(page, '27182');
    expect(await pinField(page).inputValue()).toBe('•••••');
    expect(await page.content()).not.toContain('27182');
  }));

test('a lock counts down and is known to the page about a forgotten PIN', () =>
  inBrowser('/unlock?at=enter-pin&scenario=locked', async (page) => {
    await typePin(page, fakePin);
    const shown = page.getByText(/^23:59:\d\d$/);
    const first = await shown.innerText();
    await page
      .getByText(/^23:59:\d\d$/)
      .filter({ hasNotText: first })
      .waitFor();
    expect(await pinField(page).count()).toBe(0);
    await press(page, 'Menu');
    await page.getByRole('menuitem', { name: 'Forgot PIN' }).click();
    await page.getByText(/^Next try in 23:59:\d\d$/).waitFor();
  }));

test('offline, no PIN is taken and no try is used', () =>
  inBrowser('/unlock?at=enter-pin', async (page) => {
    await pinField(page).waitFor();
    await page.context().setOffline(true);
    await page.getByText('You are offline. No try is used.').waitFor();
    expect(await pinField(page).isDisabled()).toBe(true);
    await page.context().setOffline(false);
    await typePin(page, fakePin);
    await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
  }));

test('a whole phrase pasted into any field fills all, and a wrong checksum is refused here', () =>
  inBrowser('/login/words', async (page) => {
    const field = page.getByLabel('Word 3', { exact: true });
    await field.fill(`1. legal ${'winner thank legal '.repeat(3)}legal yellow`);
    expect(await page.getByLabel('Word 12', { exact: true }).inputValue()).toBe('yellow');
    expect(await page.getByRole('radio', { name: '12' }).isChecked()).toBe(true);
    await press(page, 'Log in');
    await page.getByText('Code 20145').waitFor();
  }));

test('suggestions are taken by keyboard and move on to the next word', () =>
  inBrowser('/login/words', async (page) => {
    await page.getByLabel('Word 1', { exact: true }).pressSequentially('wag');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('Word 1', { exact: true }).inputValue()).toBe('wagon');
    await expect.poll(() => page.evaluate('document.activeElement.dataset.word')).toBe('2');
  }));

test('a page change sets the title and moves the focus to the heading', () =>
  inBrowser('/settings?at=home', async (page) => {
    await page.getByRole('link', { name: 'Account' }).click();
    await page.getByRole('heading', { name: 'Account' }).waitFor();
    await expect.poll(() => page.title()).toBe('Account · Hexkey');
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Account');
  }));

test('the theme and the language are chosen here and outlive a reload', () =>
  inBrowser('/settings/language?at=home', async (page) => {
    await page.getByRole('radio', { name: '简体中文' }).check();
    await page.getByRole('heading', { name: '语言' }).waitFor();
    await page.goto(`${server.origin}/settings/appearance?at=home`);
    await page.getByRole('radio', { name: '深色' }).check();
    await page.reload();
    await page.getByRole('heading', { name: '外观' }).waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await page.evaluate('Object.keys(localStorage)')).toEqual(['hexkey/v1/preferences']);
  }));

test('logging out ends at the landing page, and the next login starts at the chats', () =>
  inBrowser('/settings/account/log-out?at=home', async (page) => {
    await typePin(page, fakePin);
    await page.getByRole('button', { name: 'Existing account' }).waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
  }));

test('the shipped client over plain HTTP shows how to get HTTPS, and nothing else', async () => {
  const shipped = await buildWeb('production');
  const door = await serveWeb(shipped.folder);
  const elsewhere = await launchChromium({ args: ['--host-resolver-rules=MAP hexkey.test 127.0.0.1'] });
  try {
    const page = await elsewhere.newPage();
    await page.goto(`http://hexkey.test:${new URL(door.origin).port}/`);
    await page.getByRole('heading', { name: 'This page needs HTTPS' }).waitFor();
  } finally {
    await elsewhere.close();
    await door.close();
    await shipped.remove();
  }
});
