import encodeQR from 'qr';
import { expect, test } from 'vitest';
import { inviteLink } from '../apps/web/src/contacts/invite-link.ts';
import { fakePin } from '../apps/web/src/testing/fake-hexkey.ts';
import { fakeRecoveryCode } from '../apps/web/src/testing/fake-recovery.ts';
import { pathOf, press, typePin, useFakeWeb } from './fake-web.ts';
import { someBitmap } from './some-bitmap.ts';

/** People, Team Hexkey and the login through the contact from page to page, over the in-memory SDK. */
const { inBrowser, inOwnBrowser, origin } = useFakeWeb();

test('somebody is found by Hexkey ID, added, blocked and unblocked, and the keyboard alone is enough', () =>
  inBrowser('/chats?at=home', async (page) => {
    await page.getByRole('button', { name: 'Add by Hexkey ID' }).press('Enter');
    await page.getByRole('heading', { name: 'Add a contact' }).waitFor();
    // The field has the focus: typing needs no click.
    await page.keyboard.type('999');
    await page.keyboard.press('Enter');
    await page.getByText('That is no Hexkey ID.').waitFor();
    await page.getByLabel('Hexkey ID').fill('6022 1408');
    await page.keyboard.press('Enter');
    await page.getByText('Code 404').waitFor();
    await page.getByLabel('Hexkey ID').fill('6022 1407');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Add', exact: true }).press('Enter');
    await page.getByText('Grace Hopper is a contact now').waitFor();
    await page.getByRole('button', { name: /^Grace Hopper/ }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Block' }).press('Enter');
    await page.getByText('Grace Hopper is blocked').waitFor();
    await page.getByText('No contacts yet').waitFor();
    await page.getByRole('link', { name: 'More' }).press('Enter');
    await page.getByRole('link', { name: 'Settings' }).press('Enter');
    for (const row of [/^Account/, /^Privacy/, 'Blocked'])
      await page.getByRole('link', { name: row }).filter({ visible: true }).first().press('Enter');
    await page.getByRole('button', { name: 'Unblock Grace Hopper' }).press('Enter');
    await page.getByText('You block nobody').waitFor();
  }));

test('a QR code in a picture finds the person, and a picture without one says so', () =>
  inBrowser('/contacts/add?at=home', async (page) => {
    const code = encodeQR(inviteLink('https://another.example', '66260701'), 'gif', { scale: 6, border: 4 });
    const input = page.getByLabel('From a picture');
    await input.setInputFiles({ name: 'noise.bmp', mimeType: 'image/bmp', buffer: someBitmap(64, 64) });
    await page.getByText('No QR code was found in this picture.').waitFor();
    await input.setInputFiles({ name: 'code.gif', mimeType: 'image/gif', buffer: Buffer.from(code) });
    await page.getByText('Alan Turing').waitFor();
    expect(await page.getByText('No QR code was found').count()).toBe(0);
  }));

test('without a camera a picture is offered instead', () =>
  inBrowser('/contacts/add?at=home', async (page) => {
    await press(page, 'Scan with the camera');
    await page.getByText('No camera can be used here.').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  }));

test('any picture becomes a small JPEG before it leaves the device, and a file that is none is refused here', () =>
  inBrowser('/profile?at=home', async (page) => {
    const input = page.getByLabel('Choose a picture');
    await input.setInputFiles({
      name: 'notes.txt',
      mimeType: 'image/png',
      buffer: Buffer.from('no picture'),
    });
    await page.getByText('This browser cannot read that file as a picture.').waitFor();
    await input.setInputFiles({ name: 'noise.bmp', mimeType: 'image/bmp', buffer: someBitmap(1200, 800) });
    await page.getByText('Picture saved').waitFor();
  }));

test('the invite on the profile is a link and a QR code of the same Hexkey ID', () =>
  inBrowser('/chats?at=home', async (page) => {
    await page.getByRole('link', { name: 'Profile' }).click();
    await page.getByRole('img', { name: 'QR code of my Hexkey ID 41592653' }).locator('path').waitFor();
    await page.getByText(inviteLink(origin(), '41592653')).waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
  }));

test('an invite leaves the address at once and is offered once: whoever does not want it is not asked again', () =>
  inBrowser('/i/60221407?at=home', async (page) => {
    await page.getByRole('heading', { name: 'You were invited' }).waitFor();
    expect(page.url()).not.toContain('60221407');
    await page.getByText('Grace Hopper').waitFor();
    await press(page, 'Not now');
    await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
    expect(await page.evaluate('Object.keys(sessionStorage)')).toEqual(['hexkey/v1/own-seat']);
  }));

test('what Team Hexkey says is unread until it is opened, cannot be answered, and shows its code only there', () =>
  inBrowser('/chats?at=home&scenario=kit-phone', async (page) => {
    await page.getByText('2 unread messages').waitFor();
    expect(await page.getByText(fakeRecoveryCode).count()).toBe(0);
    await page.getByRole('link', { name: /^Team Hexkey/ }).click();
    await page.getByText(fakeRecoveryCode, { exact: true }).waitFor();
    await page
      .getByText(/^Works for [12]:\d\d$/)
      .first()
      .waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByText('A code for Katherine Johnson').waitFor();
    expect(await page.getByText('unread message').count()).toBe(0);
  }));

test('a login through the contact is refused with the PIN, and the warning goes', () =>
  inBrowser('/chats?at=home&scenario=contact-login-pending', async (page) => {
    await press(page, 'See and refuse');
    await page.getByText('198.51.100.24').waitFor();
    await typePin(page, '271828');
    await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    await typePin(page, fakePin);
    await page.getByText('Refused. Nobody gets in this way for 24 hours.').waitFor();
    expect(await page.getByRole('button', { name: 'See and refuse' }).count()).toBe(0);
  }));

test('help is offered when the minute for the code is over, and the lost number only where there is a contact', () =>
  inOwnBrowser('/login/phone/code?at=signed-out&needs=verification', async (page) => {
    await page.getByText(/^You can ask for a new code in/).waitFor();
    expect(await page.getByRole('button', { name: 'Need help?' }).count()).toBe(0);
    await page.clock.setFixedTime(Date.now() + 61_000);
    await press(page, 'Need help?');
    await page.getByRole('button', { name: 'Check the number' }).waitFor();
    expect(await page.getByRole('button', { name: 'Lost your mobile number?' }).count()).toBe(0);
  }));

test('in through the contact: ID, code, PIN, and then the number is asked about, also after the page was loaded anew', () =>
  inBrowser('/login/help?at=signed-out&needs=verification&scenario=kit-phone', async (page) => {
    await press(page, 'Lost your mobile number?');
    await page.getByLabel('Recovery contact’s Hexkey ID').fill('29979245');
    await press(page, 'Send code');
    const code = page.getByRole('textbox', { name: 'Code' });
    await code.pressSequentially('0000');
    await page.getByText('Tries left: 2.').waitFor();
    // The first digit of the second try is not lost.
    await code.pressSequentially(fakeRecoveryCode);
    await page.getByRole('heading', { name: 'Enter your PIN' }).waitFor();
    await page.goto(`${origin()}/unlock?at=enter-pin`);
    await typePin(page, fakePin);
    await page.getByRole('heading', { name: 'Change your phone number now?' }).waitFor();
    await press(page, 'Later');
    await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
    await page.goto(`${origin()}/unlock?at=home`);
    await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
    expect(pathOf(page)).toBe('/chats');
  }));
