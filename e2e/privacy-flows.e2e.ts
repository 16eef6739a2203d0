import encodeQR from 'qr';
import { expect, test } from 'vitest';
import { fakePin } from '../apps/web/src/testing/fake-hexkey.ts';
import { fakeFriendPhone } from '../apps/web/src/testing/fake-recovery.ts';
import { fakeChatIds } from '../apps/web/src/testing/some-chats.ts';
import { press, typePin, useFakeWeb } from './fake-web.ts';

/** Privacy, reports, people by number and safety numbers from page to page, over the in-memory SDK. */
const { inBrowser } = useFakeWeb();

test('who writes to me, adds me to groups and finds me is chosen by keyboard and stays chosen', () =>
  inBrowser('/settings/account/privacy?at=home', async (page) => {
    await page.getByRole('link', { name: 'Conversation' }).filter({ visible: true }).first().press('Enter');
    const messages = page.getByRole('group', { name: 'Who can send messages to me' });
    expect(await messages.getByLabel('Everybody').isChecked()).toBe(true);
    await messages.getByLabel('Everybody').press('ArrowDown');
    await page.getByText('Saved').waitFor();
    expect(await messages.getByLabel('My contacts').isChecked()).toBe(true);
    const groups = page.getByRole('group', { name: 'Who can add me to groups' });
    expect(await groups.getByLabel('Everybody').isChecked()).toBe(true);
    await page.getByRole('link', { name: 'Back' }).filter({ visible: true }).first().press('Enter');
    await page.getByRole('link', { name: 'Phone number' }).filter({ visible: true }).first().press('Enter');
    await page.getByLabel('Nobody', { exact: true }).check();
    await page.getByText('even from contacts who hold your number').waitFor();
    await page.getByRole('link', { name: 'Back' }).filter({ visible: true }).first().press('Enter');
    await page.getByRole('link', { name: 'Phone number' }).filter({ visible: true }).first().press('Enter');
    expect(await page.getByLabel('Nobody', { exact: true }).isChecked()).toBe(true);
  }));

test('a person is found by number and added; nobody is told apart from somebody hidden by nothing', () =>
  inBrowser('/contacts/add?at=home', async (page) => {
    await page.getByRole('link', { name: /By phone number/ }).press('Enter');
    const number = page.getByLabel('Phone number', { exact: true });
    await number.fill('+41446681801');
    await page.keyboard.press('Enter');
    await page.getByText('Nobody can be found by this number.').waitFor();
    await number.fill(fakeFriendPhone);
    await page.keyboard.press('Enter');
    await press(page, 'Add');
    await page.getByText('Grace Hopper is a contact now').waitFor();
    expect(page.url()).not.toContain(fakeFriendPhone.slice(1));
  }));

test('a contact is reported with a reason, and with words only where they were typed', () =>
  inBrowser('/contacts?at=home&scenario=kit-phone', async (page) => {
    await page.getByRole('button', { name: /Emmy Noether/ }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: 'Report' }).click();
    expect(await sheet.getByRole('button', { name: 'Send report' }).isDisabled()).toBe(true);
    await sheet.getByLabel('Unwanted advertising').check();
    await sheet.getByRole('button', { name: 'Send report' }).click();
    await page.getByText('Your report was sent').waitFor();
  }));

test('a changed security code stops the conversation until the numbers were compared, by picture or by eye', () =>
  inBrowser(`/chats/${fakeChatIds.changed}?at=home&scenario=chats`, async (page) => {
    await page.getByRole('button', { name: 'Compare the safety number' }).press('Enter');
    await page.getByRole('heading', { name: 'Safety number' }).waitFor();
    await page.getByText('has another key').waitFor();
    const digits = (await page.getByRole('region', { name: 'Sixty digits' }).textContent()) ?? '';
    expect(digits.trim()).toMatch(/^\d{5}(?: +\d{5}){11}$/);
    const choose = async (text: string) => {
      const code = encodeQR(text, 'gif', { scale: 6, border: 4 });
      const picture = { name: 'code.gif', mimeType: 'image/gif', buffer: Buffer.from(code) };
      await page.getByLabel('From a picture').setInputFiles(picture);
    };
    await choose('hexkey-safety:1:BBBB');
    await page.getByText('This is not the code of this conversation').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Go on without comparing' }).count()).toBe(1);
    await choose('hexkey-safety:1:AAAA');
    await page.getByText('It is the same', { exact: true }).waitFor();
    await page.getByText('nothing is sent until you say so').waitFor();
    expect(await page.getByRole('button', { name: 'I compared: it is the same' }).count()).toBe(0);
    for (const back of ['Details', 'Katherine Johnson']) {
      await page.getByRole('link', { name: 'Back' }).filter({ visible: true }).first().press('Enter');
      await page.getByRole('heading', { name: back }).first().waitFor();
    }
    await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
  }));

test('going on without comparing opens the conversation and leaves the person unverified', () =>
  inBrowser(`/chats/${fakeChatIds.changed}/safety?at=home&scenario=chats`, async (page) => {
    await press(page, 'Go on without comparing');
    await page.getByText('Not compared yet').waitFor();
    await press(page, 'I compared: it is the same');
    await page.getByText('Verified', { exact: true }).waitFor();
  }));

test('in a group the last changed code that is settled leaves nothing to compare', () =>
  inBrowser(`/chats/${fakeChatIds.changedGroup}/safety?at=home&scenario=chats`, async (page) => {
    await page.getByRole('main').getByText('The security code of Katherine Johnson changed').waitFor();
    await press(page, 'I compared: it is the same');
    await page.getByText('All compared').waitFor();
    await expect.poll(() => page.getByRole('alert').count()).toBe(1);
  }));

test('a device that is on no list says so, and the PIN gives it its place', () =>
  inBrowser('/chats?at=home&scenario=chats-pin-needed', async (page) => {
    await press(page, 'Enter PIN');
    await page.getByRole('dialog').waitFor();
    await typePin(page, fakePin);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('Enter your PIN to use conversations here').waitFor({ state: 'detached' });
  }));

test('the sixth device leads to the devices, where one can be ended', () =>
  inBrowser('/chats?at=home&scenario=chats-no-place', async (page) => {
    await page.getByText('Five other devices have your conversations').waitFor();
    await press(page, 'See devices');
    await page.getByRole('heading', { name: 'Devices' }).waitFor();
  }));
