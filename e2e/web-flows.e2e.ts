import { launchChromium, type Page } from '@hexkey/testing';
import { expect, test } from 'vitest';
import { fakeCode, fakeLegacyPin, fakePin } from '../apps/web/src/testing/fake-hexkey.ts';
import { pathOf, pinField, press, typePin, useFakeWeb } from './fake-web.ts';
import { buildWeb, serveWeb } from './web-build.ts';

/** What the screens do from page to page. */
const { inBrowser, inOwnBrowser, browser, origin } = useFakeWeb();

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

test('an imported account is led from the refused login to a PIN of its own, which is not the old one', () =>
  inBrowser('/upgrade-pin?at=signed-out&scenario=legacy', async (page) => {
    await page.getByRole('heading', { name: 'Upgrade your PIN' }).waitFor();
    await press(page, 'Continue');
    await page.getByLabel('Phone number').fill('+41 79 555 12 34');
    await press(page, 'Send code');
    await page.getByRole('textbox', { name: 'Code' }).pressSequentially(fakeCode);
    // The code that the login was refused with goes on: no second one is asked for.
    await page.getByRole('heading', { name: 'Enter your old PIN' }).waitFor();
    expect(pathOf(page)).toBe('/upgrade-pin/old-pin');
    const oldPin = page.getByLabel('Old PIN or password');
    await oldPin.fill('000001');
    await press(page, 'Continue');
    await page.getByText('Code 20215').waitFor();
    expect(await oldPin.inputValue()).toBe('');
    await oldPin.fill(fakeLegacyPin);
    await page.keyboard.press('Enter');
    await choosePin(page, fakeLegacyPin);
    await page.getByLabel('I lose access to my account and assets').check();
    await press(page, 'Continue');
    await page.getByText('That is your old PIN, which the server has seen.').waitFor();
    await choosePin(page, fakePin);
    await page.getByLabel('I lose access to my account and assets').check();
    await press(page, 'Continue');
    await page
      .getByRole('heading', { name: 'Your words' })
      .or(page.getByRole('button', { name: 'Later' }))
      .first()
      .waitFor();
    expect(pathOf(page)).toBe('/welcome/words');
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

test('a lock is shown again after the page was loaded anew, and no PIN is taken', () =>
  inBrowser('/settings/account/security/words?at=home&scenario=locked-before', async (page) => {
    await page.getByText(/^6 days 0:00:00$|^5 days 23:59:\d\d$/).waitFor();
    expect(await pinField(page).count()).toBe(0);
  }));

test('digits that were wrong before wait for a second word, and Type another leaves the tries as they are', () =>
  inBrowser('/unlock?at=enter-pin', async (page) => {
    await typePin(page, '271828');
    await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    await typePin(page, '271828');
    await page.getByText('No try is used yet.').waitFor();
    await press(page, 'Type another');
    expect(await pinField(page).inputValue()).toBe('');
    await typePin(page, '271829');
    await page.getByText('Wrong PIN. 3 tries left.').waitFor();
    await typePin(page, '271828');
    await press(page, 'Use a try anyway');
    await page.getByText('Wrong PIN. 2 tries left.').waitFor();
    await page.keyboard.type(fakePin);
    await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
  }));

test('a candidate is checked without using a try, and the list can be cleared', () =>
  inBrowser('/unlock?at=enter-pin', async (page) => {
    await typePin(page, '271828');
    await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    await press(page, 'Menu');
    await page.getByRole('menuitem', { name: 'Forgot PIN' }).click();
    await page.getByText('1 wrong PIN is remembered').waitFor();
    await press(page, 'Check a PIN without using a try');
    await typePin(page, '271828');
    await page.getByText('Tried before. It was wrong.').waitFor();
    await press(page, 'Check another');
    await typePin(page, fakePin);
    await page.getByText('Not tried here.').waitFor();
    await page.getByText('4 tries left').waitFor();
    expect(await page.content()).not.toContain('271828');
    await press(page, 'Clear the list');
    await page.getByText('No wrong PIN is remembered.').waitFor();
  }));

test('the wallet asks for the PIN when a check is due, the chats never do, and leaving keeps it closed', () =>
  inBrowser('/chats?at=home&scenario=check-due', async (page) => {
    await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Wallet' }).press('Enter');
    await page.getByRole('heading', { name: 'Do you still know it?' }).waitFor();
    expect(pathOf(page)).toBe('/wallet/check');
    await page.getByRole('link', { name: 'Back' }).press('Enter');
    await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Wallet' }).press('Enter');
    await page.getByRole('heading', { name: 'Do you still know it?' }).waitFor();
    // The field has the focus: typing needs no click.
    await page.keyboard.type('271828');
    await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    await page.keyboard.type(fakePin);
    await page.getByText('No assets yet').waitFor();
    expect(pathOf(page)).toBe('/wallet');
    await page.getByRole('link', { name: 'Chats' }).click();
    await page.getByRole('link', { name: 'Wallet' }).click();
    await page.getByText('No assets yet').waitFor();
  }));

test('a wallet that was open asks when it is opened again after a check became due', () =>
  inOwnBrowser('/wallet?at=home&scenario=check-due-later', async (page) => {
    await page.getByText('No assets yet').waitFor();
    await page.getByRole('link', { name: 'Chats' }).click();
    await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
    await page.clock.setFixedTime(Date.now() + 11 * 60_000);
    await page.getByRole('link', { name: 'Wallet' }).click();
    await page.getByRole('heading', { name: 'Do you still know it?' }).waitFor();
  }));

test('a language that does not load leaves the one before, and says so', async () => {
  // Not among the others: the browser itself complains about the file that is missing.
  const page = await browser().newPage();
  await page.route('**/assets/texts-zh-*.js', (route) => route.abort());
  await page.goto(`${origin()}/settings/language?at=home`);
  await page.getByRole('radio', { name: '简体中文' }).check();
  await page.getByText('This language did not load.').waitFor();
  await page.getByRole('heading', { name: 'Language', exact: true }).waitFor();
  await page.close();
});

test('a check that locks leads back to the chats, and the wallet stays closed', () =>
  inBrowser('/wallet?at=home&scenario=check-due', async (page) => {
    for (const left of [4, 3, 2, 1]) {
      await typePin(page, `27182${left}`);
      await page.getByText(`${left} ${left === 1 ? 'try' : 'tries'} left`).waitFor();
    }
    await typePin(page, '271820');
    await page.getByText(/^2[34]:\d\d:\d\d$|^1 day 0:00:00$/).waitFor();
    await press(page, 'Got it');
    await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Wallet' }).click();
    await page.getByRole('button', { name: 'Got it' }).waitFor();
    expect(pathOf(page)).toBe('/wallet/check');
  }));

test('a link to the wallet leads through its check and back', () =>
  inBrowser('/wallet/check?at=home', async (page) => {
    await page.getByText('No assets yet').waitFor();
    expect(pathOf(page)).toBe('/wallet');
  }));

test('a wait that an error asks for runs down, second by second', () =>
  inBrowser('/pin/set?at=set-pin&scenario=locked', async (page) => {
    await choosePin(page, fakePin);
    await page.getByLabel('I lose access to my account and assets').check();
    await press(page, 'Continue');
    const wait = page.getByRole('alert').getByText(/^23:59:\d\d$/);
    const first = await wait.innerText();
    await wait.filter({ hasNotText: first }).waitFor();
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

test('a first PIN that some nodes miss is set only after its owner was asked, and is not typed again', () =>
  inBrowser('/pin/set?at=set-pin&scenario=some-nodes-away', async (page) => {
    await choosePin(page, fakePin);
    await page.getByLabel('I lose access to my account and assets').check();
    await press(page, 'Continue');
    await page.getByRole('heading', { name: '2 of 5 PIN nodes do not answer' }).waitFor();
    await press(page, 'Try again');
    await page.getByRole('heading', { name: '2 of 5 PIN nodes do not answer' }).waitFor();
    await press(page, 'Go on with 3');
    await page.getByRole('heading', { name: 'Your 13 words' }).waitFor();
  }));

test('a changed PIN too, and whoever keeps the present one has changed nothing', () =>
  inBrowser('/settings/account/security/pin/change?at=home&scenario=some-nodes-away', async (page) => {
    await typePin(page, fakePin);
    await choosePin(page, '271828');
    await page.getByRole('button', { name: 'Keep the present PIN' }).waitFor();
    await press(page, 'Go on with 3');
    await page.getByRole('heading', { name: 'PIN changed' }).waitFor();
    await page.getByText('on all your devices').waitFor();
  }));

test('“Someone knew my PIN” is chosen with the keyboard before the present PIN, and says what it did', () =>
  inBrowser('/settings/account/security/pin/change?at=home', async (page) => {
    const choice = page.getByRole('checkbox', { name: 'Someone knew my PIN' });
    await choice.press('Space');
    expect(await choice.isChecked()).toBe(true);
    expect(await choice.getAttribute('aria-describedby')).not.toBe(null);
    await typePin(page, fakePin);
    await choosePin(page, '271828');
    await page.getByText('Your other devices are logged out').waitFor();
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
    await page.goto(`${origin()}/settings/appearance?at=home`);
    await page.getByRole('radio', { name: '深色' }).check();
    await page.reload();
    await page.getByRole('heading', { name: '外观' }).waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await page.evaluate('Object.keys(localStorage).sort()')).toEqual([
      'hexkey/v1/preferences',
      'hexkey/v1/seat/first',
    ]);
  }));

test('a device is logged out for the PIN and leaves the list; the others go together', () =>
  inBrowser('/settings/account/security?at=home', async (page) => {
    await page.getByRole('link', { name: 'Devices' }).click();
    await page.getByText('This device').waitFor();
    expect(await page.getByRole('button', { name: /^Log out Chromium/ }).count()).toBe(0);
    await press(page, 'Log out build-server');
    await page.getByRole('dialog').getByText('It is out at once.').waitFor();
    await typePin(page, '271828');
    await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    await typePin(page, fakePin);
    await page.getByText('build-server is logged out').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await press(page, 'Log out all other devices');
    await typePin(page, fakePin);
    await page.getByText('No other device').waitFor();
    await expect.poll(() => page.getByRole('listitem').filter({ hasText: 'Last seen' }).count()).toBe(1);
  }));

test('a device that left meanwhile is said to be gone', () =>
  inBrowser('/settings/account/security/devices?at=home&scenario=device-gone', async (page) => {
    await press(page, 'Log out Safari on iPhone');
    await typePin(page, fakePin);
    await page.getByText('Safari on iPhone was logged out already').waitFor();
  }));

test('tries of a stranger lead from the chats to the log, where each warning stays until it is dismissed', () =>
  inBrowser('/chats?at=home&scenario=foreign-tries', async (page) => {
    await press(page, 'See what happened');
    await page.getByText('3 PIN tries from a device that is not yours').waitFor();
    await expect.poll(() => page.getByText('Not your device').count()).toBe(3);
    await page.getByText('5 of 5 histories verified').waitFor();
    for (const left of [1, 0]) {
      await page.getByRole('button', { name: 'I have seen this' }).first().click();
      await expect.poll(() => page.getByRole('button', { name: 'I have seen this' }).count()).toBe(left);
    }
    // What happened stays in the list.
    await expect.poll(() => page.getByText('Not your device').count()).toBe(3);
  }));

test('a node with a changed history is named with who runs it, and the history is saved as a file', () =>
  inBrowser('/settings/account/security?at=home&scenario=node-shrank', async (page) => {
    await press(page, 'See what happened');
    await page.getByText('Node 2, run by Aster Foundation, changed its history').waitFor();
    await page.getByText('3 of 5 histories verified').waitFor();
    const download = page.waitForEvent('download');
    await press(page, 'Save as a file');
    expect((await download).suggestedFilename()).toMatch(/^hexkey-pin-history-\d{4}-\d{2}-\d{2}\.json$/);
    await page.getByRole('link', { name: 'Account', exact: true }).last().click();
    await page.getByText('Opening the account').first().waitFor();
  }));

test('logging out ends at the landing page, and the next login starts at the chats', () =>
  inBrowser('/settings/account/log-out?at=home&scenario=kit-phone', async (page) => {
    await typePin(page, fakePin);
    await page.getByRole('button', { name: 'Existing account' }).waitFor();
    expect(await page.evaluate('Object.keys(sessionStorage)')).toEqual(['hexkey/v1/own-seat']);
  }));

test('the shipped client over plain HTTP shows how to get HTTPS, and nothing else', async () => {
  const door = await serveWeb(await buildWeb('production'));
  const elsewhere = await launchChromium({ args: ['--host-resolver-rules=MAP hexkey.test 127.0.0.1'] });
  try {
    const page = await elsewhere.newPage();
    await page.goto(`http://hexkey.test:${new URL(door.origin).port}/`);
    await page.getByRole('heading', { name: 'This page needs HTTPS' }).waitFor();
  } finally {
    await elsewhere.close();
    await door.close();
  }
});
