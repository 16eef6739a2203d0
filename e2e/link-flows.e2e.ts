import { expect, test } from 'vitest';
import { fakePin } from '../apps/web/src/testing/fake-hexkey.ts';
import { fakeLinkCode } from '../apps/web/src/testing/fake-links.ts';
import { pathOf, press, typePin, useFakeWeb } from './fake-web.ts';

/** Linking a device from page to page, over the in-memory SDK. */
const { inBrowser } = useFakeWeb();

const devices = '/settings/account/security/devices';

test('a new device shows a code, is scanned, and stands before the PIN', () =>
  inBrowser('/login?at=signed-out&scenario=link-approved', async (page) => {
    await press(page, 'Link to a device');
    await page.getByRole('heading', { name: 'Enter your PIN' }).waitFor();
    expect(pathOf(page)).toBe('/unlock');
  }));

test('the code is there to be scanned and to be copied, with the time it has left', () =>
  inBrowser('/login/link?at=signed-out', async (page) => {
    await page.getByRole('img', { name: 'Code of this device, to be scanned by another one' }).waitFor();
    await page.getByText(/^A new code in (1:00|0:[0-5]\d)$/).waitFor();
    await press(page, 'Copy the code as text');
    await page.getByText('Copied. The clipboard is emptied in 60 seconds.').waitFor();
    // A code belongs in no address and no store.
    expect(page.url()).not.toContain('#1.');
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(stored).not.toContain('#1.');
  }));

test('what did not come from the scanning device is said so, and a new code is one press away', () =>
  inBrowser('/login/link?at=signed-out&scenario=link-forged', async (page) => {
    await page.getByText('What arrived was not sent by the device that scanned your code.').waitFor();
    await press(page, 'New code');
    await page.getByText('Code 20177').waitFor();
  }));

test('without a network the page says so and goes on when asked', () =>
  inBrowser('/login/link?at=signed-out&scenario=link-fails', async (page) => {
    await page.getByText('Code 20147').waitFor();
    await press(page, 'New code');
    await page.getByRole('img', { name: 'Code of this device, to be scanned by another one' }).waitFor();
  }));

test('a logged-in device takes a pasted code, names the new device, and lets it in for the PIN', () =>
  inBrowser(`${devices}?at=home`, async (page) => {
    await press(page, 'Link a device');
    await page.getByLabel('Or paste the code as text').fill('hello');
    await press(page, 'Use this code');
    await page.getByText('Code 20176').waitFor();
    await page.getByLabel('Or paste the code as text').fill(fakeLinkCode);
    await press(page, 'Use this code');
    await page.getByText('Safari on iPhone').waitFor();
    await page.getByText('Only go on if you have this device in front of you').waitFor();
    await typePin(page, '271828');
    await page.getByText('4 tries left').waitFor();
    await typePin(page, fakePin);
    await page.getByText('Safari on iPhone is linked. Enter your PIN on it now.').waitFor();
    expect(pathOf(page)).toBe(devices);
  }));

test('a code that was over when the PIN was typed is said to be, and another can be scanned at once', () =>
  inBrowser(`${devices}/link?at=home&scenario=link-late`, async (page) => {
    await page.getByLabel('Or paste the code as text').fill(fakeLinkCode);
    await press(page, 'Use this code');
    await typePin(page, fakePin);
    await page.getByText('This code is over').waitFor();
    await page.getByLabel('Or paste the code as text').waitFor();
  }));

test('a link that was opened begins nothing: it only says where to scan', () =>
  inBrowser(`/link?at=home${new URL(fakeLinkCode).hash}`, async (page) => {
    await page.getByText('If somebody sent you this link, close it.').waitFor();
    await press(page, 'Link a device');
    expect(await page.getByLabel('Or paste the code as text').inputValue()).toBe('');
  }));
