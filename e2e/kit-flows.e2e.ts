import type { Page } from '@hexkey/testing';
import { expect, test, vi } from 'vitest';
import { fakePin, fakeWords } from '../apps/web/src/testing/fake-hexkey.ts';
import { fakePhoneInUse, fakeRecoveryCode } from '../apps/web/src/testing/fake-recovery.ts';
import { pathOf, pinField, press, typePin, useFakeWeb } from './fake-web.ts';
import { expectAccessible, expectNoSideways } from './page-checks.ts';

/** The Recovery Kit from page to page, over the in-memory SDK. */
const { inBrowser, inOwnBrowser } = useFakeWeb();

const kit = '/settings/account/security/recovery-kit';

const typeCode = (page: Page, code: string) =>
  page.getByLabel('Code', { exact: true }).pressSequentially(code);
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
const row = (page: Page, name: RegExp) => page.getByRole('link', { name });

async function typeNumber(page: Page, number: string): Promise<void> {
  await page.getByLabel('Phone number').fill(number);
  await press(page, 'Continue');
}

async function typeWords(page: Page, typed: readonly string[]): Promise<void> {
  for (const [index, word] of typed.entries())
    await page.getByLabel(`Word ${index + 1}`, { exact: true }).fill(word);
}

test('a phone number is added from the account page: PIN, number, confirm, code, Added', () =>
  inBrowser('/settings/account?at=home', async (page) => {
    await page.getByRole('link', { name: 'Add phone number' }).click();
    await page.getByText('Once added it can be changed, but not removed.').waitFor();
    await typePin(page, fakePin);
    await typeNumber(page, '+41 79 555 12 34');
    await page.getByText('+41 79 555 12 34').waitFor();
    await press(page, 'Send code');
    await typeCode(page, '0000');
    await page.getByText('Tries left: 2.').waitFor();
    await typeCode(page, fakeRecoveryCode);
    await heading(page, 'Added');
    await press(page, 'Done');
    await row(page, /^Phone number.*Added$/).waitFor();
    await page.getByText('1 of 3').waitFor();
  }));

test('the other way to it leads from the chats over the profile', () =>
  inBrowser('/chats?at=home', async (page) => {
    await page.getByRole('link', { name: 'Profile', exact: true }).click();
    await heading(page, 'Profile');
    await page.getByRole('link', { name: 'Add phone number' }).click();
    await typePin(page, fakePin);
    await typeNumber(page, '+41 79 555 12 34');
    await press(page, 'Send code');
    await typeCode(page, fakeRecoveryCode);
    await heading(page, 'Added');
  }));

test('a number that has an account is said to, and another can be typed at once', () =>
  inBrowser('/settings/account/phone?at=home', async (page) => {
    await typePin(page, fakePin);
    await typeNumber(page, fakePhoneInUse);
    await press(page, 'Send code');
    await page.getByText('This number already belongs to an account.').waitFor();
    await page.getByText('Code 20122').waitFor();
    await typeNumber(page, '12');
    await page.getByText('This number does not exist in the chosen country.').waitFor();
    await page.getByLabel('Phone number').fill('');
    await typeNumber(page, '+41 79 555 12 34');
    await press(page, 'Send code');
    await press(page, 'Change number');
    expect(await page.getByLabel('Phone number').inputValue()).toBe('+41 79 555 12 34');
  }));

test('a wrong PIN opens no flow, and the number is verified again without typing it', () =>
  inBrowser('/chats?at=home&scenario=phone-due', async (page) => {
    await page.getByText('Is this still your phone number?').waitFor();
    await press(page, 'Verify now');
    await typePin(page, '271828');
    await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    await typePin(page, fakePin);
    await page.getByText('+41 •• ••• •• 23').waitFor();
    await press(page, 'Send code');
    await typeCode(page, fakeRecoveryCode);
    await heading(page, 'Verified');
  }));

test('the words: notice, PIN, grid, every word typed in order, Backed up', () =>
  inBrowser(`${kit}?at=home`, async (page) => {
    await row(page, /^Mnemonic phrase.*Not backed up$/).click();
    await page.getByText('They cannot recover your PIN.').waitFor();
    await press(page, 'Continue');
    await typePin(page, fakePin);
    await heading(page, 'Write these down, in order');
    await expect
      .poll(() => page.getByRole('list', { name: 'Your words' }).getByRole('listitem').count())
      .toBe(13);
    await press(page, 'Copy');
    await page.getByText('The clipboard is emptied in 60 seconds.').waitFor();
    await press(page, 'Show QR code');
    await page.getByRole('img', { name: 'QR code with all your words' }).locator('path').waitFor();
    await press(page, 'I wrote them down');
    await typeWords(page, fakeWords.with(4, 'zoo'));
    await press(page, 'Check the words');
    await page.getByText('Word 5 is not right.').waitFor();
    await page.getByText('Not the right word').waitFor();
    expect(pathOf(page)).toBe(`${kit}/words`);
    await page.getByLabel('Word 5', { exact: true }).fill('wave');
    await press(page, 'Check the words');
    await heading(page, 'Backed up');
    await press(page, 'Done');
    await row(page, /^Mnemonic phrase.*Backed up$/).click();
    // Seeing them again needs the PIN again.
    await pinField(page).waitFor();
    expect(await page.content()).not.toContain('sausage');
  }));

test('the check takes no paste: the words come from the paper', () =>
  inBrowser(`${kit}/words?at=home`, async (page) => {
    await press(page, 'Continue');
    await typePin(page, fakePin);
    await press(page, 'I wrote them down');
    await page.getByLabel('Word 1', { exact: true }).fill(fakeWords.join(' '));
    expect(await page.getByLabel('Word 1', { exact: true }).inputValue()).toBe('');
    expect(await page.getByRole('button', { name: 'Check the words' }).isDisabled()).toBe(true);
  }));

test('words, their QR code and what is typed of them leave the page while nobody looks', () =>
  inBrowser(`${kit}/words?at=home`, async (page) => {
    const lookAway = () => page.evaluate('window.dispatchEvent(new Event("blur"))');
    await press(page, 'Continue');
    await typePin(page, fakePin);
    await press(page, 'Show QR code');
    await page.getByRole('img').waitFor();
    await lookAway();
    await page.getByText('The words are hidden while you look elsewhere.').waitFor();
    expect(await page.content()).not.toContain('sausage');
    expect(await page.getByRole('img').count()).toBe(0);
    await press(page, 'Show again');
    await press(page, 'I wrote them down');
    await typeWords(page, fakeWords.slice(0, 3));
    await lookAway();
    await page.getByText('The words are hidden while you look elsewhere.').waitFor();
    expect(await page.getByLabel('Word 2', { exact: true }).count()).toBe(0);
    await press(page, 'Show again');
    expect(await page.getByLabel('Word 2', { exact: true }).inputValue()).toBe('winner');
  }));

test('a rehearsal compares the paper and shows nothing', () =>
  inBrowser(`${kit}?at=home&scenario=kit-all`, async (page) => {
    await page.getByRole('link', { name: 'Rehearse the phrase' }).click();
    // A valid phrase, of another account.
    await page.getByLabel('Word 1', { exact: true }).fill(`${'abandon '.repeat(11)}about`);
    await press(page, 'Continue');
    await typePin(page, fakePin);
    await page.getByText('Word 1 is not right.').waitFor();
    await page.getByLabel('Word 1', { exact: true }).fill(fakeWords.join(' '));
    await press(page, 'Continue');
    await typePin(page, fakePin);
    await heading(page, 'It works');
    await press(page, 'Done');
    await page.getByText('3 of 3').waitFor();
  }));

test('a code that is used up leaves the field in the moment that says so: the next digit typed counts', () =>
  inBrowser(`${kit}?at=home&scenario=kit-phone`, async (page) => {
    await page.getByRole('link', { name: 'Rehearse the phone number' }).click();
    await typePin(page, fakePin);
    await typeNumber(page, '+41 79 555 12 34');
    await page.getByLabel('Code', { exact: true }).waitFor();
    await page.evaluate(`void (globalThis.leftInField = new Promise((resolve) =>
      new MutationObserver(() => {
        if (document.body.textContent.includes('Tries left: 2.'))
          resolve(document.querySelector('[autocomplete="one-time-code"]').value);
      }).observe(document.body, { subtree: true, childList: true, characterData: true })))`);
    await typeCode(page, '0000');
    expect(await page.evaluate('leftInField')).toBe('');
  }));

test('a number is rehearsed by a login of its own: PIN, number, code, and the kit says when it worked', () =>
  inBrowser(`${kit}?at=home&scenario=kit-phone`, async (page) => {
    await page.getByRole('link', { name: 'Rehearse the phone number' }).click();
    await page.getByText('is thrown away at once').waitFor();
    await typePin(page, fakePin);
    await typeNumber(page, fakePhoneInUse);
    await page.getByText('This is not the phone number of your account.').waitFor();
    await page.getByLabel('Phone number').fill('');
    await typeNumber(page, '+41 79 555 12 34');
    await typeCode(page, '0000');
    await page.getByText('Tries left: 2.').waitFor();
    expect(await openFlows(page)).toBe('1');
    await typeCode(page, fakeRecoveryCode);
    await heading(page, 'It works');
    await page.getByText('Your devices, your PIN and your recovery methods are as they were.').waitFor();
    await expectAccessible(page, 'drill worked');
    await press(page, 'Done');
    await vi.waitFor(async () => expect(await openFlows(page)).toBe('0'), { timeout: 30_000 });
    await page.getByText(/^Last worked on /).waitFor();
  }));

test('the contact is rehearsed as if the number were lost: the SMS is left alone, and sixty seconds are waited for', () =>
  inOwnBrowser(`${kit}?at=home&scenario=kit-all`, async (page) => {
    const inspect = async (name: string) => {
      for (const width of [360, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        await expectNoSideways(page, name);
        await expectAccessible(page, name);
      }
    };
    // What fades in would be measured half there.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.clock.install();
    await page.getByRole('link', { name: 'Rehearse with the contact' }).click();
    await typePin(page, fakePin);
    await typeNumber(page, '+41 79 555 12 34');
    const help = page.getByRole('button', { name: 'Lost your mobile number?' });
    await page
      .getByText(/^Another way in /)
      .first()
      .waitFor();
    expect(await help.isEnabled()).toBe(false);
    await inspect('drill waits');
    await page.clock.fastForward(61_000);
    await help.and(page.locator(':enabled')).click();
    await page.getByLabel('Hexkey ID').fill('60221407');
    await press(page, 'Send code');
    await page.getByText('Code 20130').waitFor();
    await inspect('drill who');
    await page.getByLabel('Hexkey ID').fill('29979245');
    await press(page, 'Send code');
    await page.getByLabel('Code', { exact: true }).waitFor();
    await inspect('drill code');
    await typeCode(page, fakeRecoveryCode);
    await heading(page, 'It works');
  }));

test('the health says what a loss would mean, and the one thing to do next', () =>
  inBrowser(`${kit}?at=home`, async (page) => {
    await page.getByText('If you lose this device now, nothing brings you back.').waitFor();
    await page.getByText('0 of 7').waitFor();
    await press(page, 'Next: back up your words');
    expect(pathOf(page)).toBe(`${kit}/words`);
    await page.goto(`${new URL(page.url()).origin}${kit}?at=home&scenario=kit-all`);
    await page.getByText('7 of 7').waitFor();
    await page.getByText('each was seen to work within half a year').first().waitFor();
    expect(await page.getByRole('link', { name: /^Next: / }).count()).toBe(0);
  }));

test('a recovery contact is set in eleven steps, with the keyboard alone from the code on', () =>
  inBrowser('/chats?at=home&scenario=kit-phone', async (page) => {
    await page.getByRole('link', { name: 'Profile' }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Privacy and Security' }).click();
    await page.getByText('Recovery contact (emergency contact)').waitFor();
    await press(page, 'Enable');
    await page.getByText('A recovery contact cannot recover your PIN.').waitFor();
    await press(page, 'Got it');
    await page.getByText('They have added you as a contact.').waitFor();
    await press(page, 'I’m ready');
    await typePin(page, fakePin);
    await page.getByRole('button', { name: 'Katherine Johnson' }).click();
    await page
      .getByText(/^The code lives (5:00|4:5\d) more$/)
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: 'Confirm' }).isDisabled()).toBe(true);
    // The field takes the focus: typing needs no click.
    await page.locator('input:focus').waitFor({ state: 'attached' });
    await page.keyboard.type('0000');
    await page.keyboard.press('Enter');
    await page.getByText('Tries left: 2.').waitFor();
    await typeCode(page, fakeRecoveryCode);
    await page.keyboard.press('Enter');
    await heading(page, 'Katherine Johnson');
    await page.getByText('29979245').waitFor();
    await page.getByRole('button', { name: 'Change' }).waitFor();
    await page.getByRole('button', { name: 'Remove' }).waitFor();
    await press(page, 'Done');
    await row(page, /^Recovery contacts.*Added$/).waitFor();
  }));

test('a contact who has not added the owner back gets no code, and exactly that is said', () =>
  inBrowser(`${kit}/contact?at=home&scenario=kit-phone`, async (page) => {
    await press(page, 'Got it');
    await press(page, 'I’m ready');
    await typePin(page, fakePin);
    await page.getByLabel('Name or Hexkey ID').fill('1380');
    await page.getByRole('button', { name: 'Emmy Noether' }).click();
    await page.getByText('Emmy Noether has not added you. No code was sent.').waitFor();
    await page.getByText('Ask Emmy Noether to add your Hexkey ID 41592653').waitFor();
    await page.getByText('Code 20130').waitFor();
    await page.getByLabel('Name or Hexkey ID').fill('');
    await page.getByRole('button', { name: 'Katherine Johnson' }).click();
    await heading(page, 'Enter their code');
  }));

test('without a phone number the way to a recovery contact leads to the number first', () =>
  inBrowser(`${kit}/contact?at=home`, async (page) => {
    await press(page, 'Got it');
    await page.getByText('Add your phone number first').waitFor();
    expect(await page.getByRole('button', { name: 'I’m ready' }).count()).toBe(0);
    await press(page, 'Add phone number');
    expect(pathOf(page)).toBe('/settings/account/phone');
  }));

test('who the contact is shows only for the PIN; it is rehearsed, then removed', () =>
  inBrowser(`${kit}?at=home&scenario=kit-all`, async (page) => {
    await row(page, /^Recovery contacts.*Added$/).click();
    expect(await page.content()).not.toContain('Katherine');
    await press(page, 'View recovery contacts');
    await typePin(page, fakePin);
    await heading(page, 'Katherine Johnson');
    await press(page, 'Rehearse: send a code');
    await typeCode(page, fakeRecoveryCode);
    await press(page, 'Confirm');
    await page.getByText('Katherine Johnson could help you log in today.').waitFor();
    await press(page, 'Remove');
    await page.getByRole('dialog').getByText('Katherine Johnson is told.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await heading(page, 'Removed');
    await press(page, 'Done');
    await row(page, /^Recovery contact .*Not added$/).waitFor();
  }));

test('a contact who could not help is warned of in the kit, and its arc is no way back', () =>
  inBrowser(`${kit}?at=home&scenario=contact-gone`, async (page) => {
    await page.getByText('Your recovery contact has removed you from their contacts').waitFor();
    await page.getByText('2 of 3').waitFor();
    await page.getByText('You get back in with your phone number or your words, and your PIN.').waitFor();
  }));

const openFlows = (page: Page) => page.evaluate('document.documentElement.dataset.openFlows');

test.each([
  ['words', `${kit}/words?at=home`, ['Continue']],
  ['phone', '/settings/account/phone?at=home', []],
  ['contact', `${kit}/contact?at=home&scenario=kit-phone`, ['Got it', 'I’m ready']],
])('what the PIN opened for the %s is closed when its page is left', (_, address, steps) =>
  inBrowser(address, async (page) => {
    for (const step of steps) await press(page, step);
    await typePin(page, fakePin);
    await pinField(page).waitFor({ state: 'detached' });
    expect(await openFlows(page)).toBe('1');
    await page.getByRole('link', { name: 'Back', exact: true }).click();
    await vi.waitFor(async () => expect(await openFlows(page)).toBe('0'), { timeout: 30_000 });
  }),
);

test('a PIN that is proven after its page was left opens nothing that stays open', () =>
  inOwnBrowser(`${kit}/words?at=home`, async (page) => {
    await press(page, 'Continue');
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    await typePin(page, fakePin);
    await page.getByRole('link', { name: 'Back' }).click();
    await heading(page, 'Recovery Kit');
    expect(await openFlows(page)).toBeUndefined();
    await page.clock.resume();
    await vi.waitFor(async () => expect(await openFlows(page)).toBe('0'), { timeout: 30_000 });
  }));

test('the chats remind with one way back at most, and a reminder can wait', () =>
  inBrowser('/chats?at=home&persistent=1', async (page) => {
    await page.getByText('Nothing brings you back yet').waitFor();
    await press(page, 'Not now');
    await page.getByText('Nothing brings you back yet').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'More' }).click();
    await page.getByRole('link', { name: 'Chats' }).click();
    await heading(page, 'Chats');
    expect(await page.getByText('Nothing brings you back yet').count()).toBe(0);
  }));

test('with two ways back the chats remind of nothing', () =>
  inBrowser('/chats?at=home&scenario=kit-all&persistent=1', async (page) => {
    await heading(page, 'Chats');
    await page.getByRole('link', { name: 'More' }).click();
    await page.getByRole('link', { name: 'Chats' }).click();
    await heading(page, 'Chats');
    expect(await page.getByRole('button', { name: 'Not now' }).count()).toBe(0);
  }));

test('the wallet reminds while no way back is set, which cannot be put off, and of nothing once one is', async () => {
  await inBrowser('/wallet?at=home', async (page) => {
    await page.getByText('Nothing brings you back yet').waitFor();
    expect(await page.getByRole('button', { name: 'Not now' }).count()).toBe(0);
    await press(page, 'Set up now');
    await heading(page, 'Recovery Kit');
  });
  await inBrowser('/wallet?at=home&scenario=kit-phone', async (page) => {
    await page.getByText('No assets yet').waitFor();
    await page.getByRole('link', { name: 'Chats' }).click();
    await page.getByText('Only one way back works').waitFor();
    await page.getByRole('link', { name: 'Wallet' }).click();
    await page.getByText('No assets yet').waitFor();
    expect(await page.getByRole('button', { name: 'Set up now' }).count()).toBe(0);
  });
});

test('logging out without a way back is blocked, says why and leads to the kit', () =>
  inBrowser('/settings/account/log-out?at=home', async (page) => {
    await page.getByText('You cannot log out yet').waitFor();
    expect(await pinField(page).count()).toBe(0);
    await press(page, 'Set up now');
    await heading(page, 'Recovery Kit');
    await page.getByText('The Recovery Kit cannot recover your PIN.').waitFor();
  }));
