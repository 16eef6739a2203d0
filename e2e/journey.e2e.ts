import { type Browser, freePort, launchChromium } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningHexkey, startHexkey, temporaryFolder } from './harness.ts';
import { installed } from './installed.ts';
import { type Person, personAt } from './person.ts';

const pin = '492713';
const wrongPin = '492714';
const newPin = '582047';
const phone = '+12025550143';
const folder = temporaryFolder();
let browser: Browser;
let hexkey: RunningHexkey;
let port: number;

beforeAll(async () => void (await installed(folder.path)));
beforeAll(async () => {
  port = await freePort();
  [browser, hexkey] = await Promise.all([launchChromium(), startHexkey(folder.path, port)]);
});
afterAll(async () => {
  await browser?.close();
  await hexkey?.stop();
  folder.remove();
});

test('words: make an account, set a PIN, lose the session, get back in with the words and the PIN', async () => {
  const owner = await newDevice();
  await owner.screenshot('1-landing');
  await owner.press('Create account');
  await owner.press('Use a mnemonic phrase');
  await owner.page.getByRole('button', { name: 'Continue' }).click();
  await owner.sees('Set your PIN');
  await owner.screenshot('2-set-pin');
  await owner.setPin(pin);
  await owner.sees('Your 13 words');
  await owner.press('Save now');
  const words = await owner.readWords();
  expect(words).toHaveLength(13);
  await owner.screenshot('3-words');
  await owner.press('Done');
  await owner.page.getByLabel('Name').fill('Ada');
  await owner.press('Continue');
  await owner.sees('Chats');
  await owner.screenshot('4-home');
  const hexkeyId = await owner.hexkeyId();
  await owner.page.context().close();

  const back = await newDevice();
  await back.press('Existing account');
  await back.press('Use a mnemonic phrase');
  await back.enterWords(words);
  await back.press('Log in');
  await back.sees('Enter your PIN');
  await back.enterPin(wrongPin);
  await back.page.getByText('Wrong PIN. 9 tries left.').first().waitFor();
  await back.screenshot('5-wrong-pin');
  await back.enterPin(pin);
  await back.sees('Chats');
  expect(await back.hexkeyId()).toBe(hexkeyId);
  await back.screenshot('6-back-home');

  // The first start's keys, records and sessions are the second start's.
  expect(await hexkey.stop()).toBe(0);
  hexkey = await startHexkey(folder.path, port);
  await back.page.reload();
  expect(await back.hexkeyId()).toBe(hexkeyId);
  expect(await back.viewWords(pin)).toEqual(words);

  // The new PIN works everywhere at once, the old one nowhere, and what they guard stays.
  await back.changePin(pin, newPin);
  await back.page.context().close();
  const third = await newDevice();
  await third.press('Existing account');
  await third.press('Use a mnemonic phrase');
  await third.enterWords(words);
  await third.press('Log in');
  await third.sees('Enter your PIN');
  await third.enterPin(pin);
  await third.page.getByText('Wrong PIN. 9 tries left.').first().waitFor();
  // The same digits again are asked about before they cost a try.
  await third.enterPin(pin);
  await third.page.getByText('No try is used yet.').waitFor();
  await third.press('Type another');
  await third.enterPin(newPin);
  await third.sees('Chats');
  expect(await third.hexkeyId()).toBe(hexkeyId);
  expect(await third.viewWords(newPin)).toEqual(words);

  // Who guards the PIN, as they answer now.
  await third.page.goto(new URL('/settings/account/security/pin/nodes', hexkey.origin).href);
  await third.page.getByText('5 of 5 ready').waitFor();
  await third.screenshot('7-nodes');

  // The wallet opens freely until a check is due; then it takes the PIN, and opens freely again.
  await third.press('Wallet');
  await third.page.getByText('No assets yet').waitFor();
  await third.press('Chats');
  await third.sees('Chats');
  await third.page.evaluate(letTenMinutesPass);
  await third.press('Wallet');
  await third.sees('Do you still know it?');
  await third.screenshot('8-wallet-check');
  await third.enterPin(newPin);
  await third.page.getByText('No assets yet').waitFor();
  await third.press('Chats');
  await third.sees('Chats');
  await third.press('Wallet');
  await third.page.getByText('No assets yet').waitFor();
  await third.page.context().close();
});

test('phone: a code makes the account, another code and the PIN bring back the same one with its words', async () => {
  const owner = await newDevice();
  await owner.press('Create account');
  await owner.press('Use a phone number');
  await receiveCode(owner);
  await owner.sees('Set your PIN');
  await owner.setPin(pin);
  await owner.sees('Your 13 words');
  await owner.press('Save now');
  const words = await owner.readWords();
  await owner.press('Done');
  await owner.page.getByLabel('Name').fill('Grace');
  await owner.press('Continue');
  const hexkeyId = await owner.hexkeyId();
  await owner.page.context().close();

  const back = await newDevice();
  await back.press('Existing account');
  await back.press('Use a phone number');
  await receiveCode(back);
  await back.sees('Enter your PIN');
  const otherTab = personAt(await back.page.context().newPage());
  await otherTab.page.goto(hexkey.origin);
  await otherTab.sees('Enter your PIN');
  await back.enterPin(pin);
  await back.sees('Chats');
  await otherTab.sees('Chats');
  expect(await back.hexkeyId()).toBe(hexkeyId);
  // Both at once: one waits for the other, and both show the words of the one account.
  const [here, there] = await Promise.all([back.viewWords(pin), otherTab.viewWords(pin)]);
  expect([here, there]).toEqual([words, words]);
  await linkDevice(back, hexkeyId);
  await otherTab.page.goto(new URL('/settings/account/log-out', hexkey.origin).href);
  await otherTab.enterPin(pin);
  await otherTab.page.getByRole('button', { name: 'Create account' }).waitFor();
  await back.page.getByRole('button', { name: 'Create account' }).waitFor();
  await back.page.context().close();
});

/** A third browser shows its QR code, the one that is logged in scans it and lets it in, and each asks for the PIN. */
async function linkDevice(loggedIn: Person, hexkeyId: string): Promise<void> {
  await loggedIn.page.goto(new URL('/settings/account/security/devices/link', hexkey.origin).href);
  const added = await newDevice();
  await added.press('Existing account');
  await added.press('Link to a device');
  const code = added.page.getByRole('img', { name: 'Code of this device, to be scanned by another one' });
  await code.waitFor();
  const picture = { name: 'code.png', mimeType: 'image/png', buffer: await code.screenshot() };
  await loggedIn.page.getByLabel('From a picture').setInputFiles(picture);
  await loggedIn.page.getByText('Only go on if you have this device in front of you').waitFor();
  await added.page.getByText('Code scanned').waitFor();
  await loggedIn.enterPin(pin);
  await loggedIn.page.getByText(/is linked\. Enter your PIN on it now\.$/).waitFor();
  await added.sees('Enter your PIN');
  await added.enterPin(pin);
  await added.sees('Chats');
  expect(await added.hexkeyId()).toBe(hexkeyId);
  await added.page.context().close();
}

/** Runs in the page: the last check was ten minutes earlier than it was. The clock itself must stay, or the server refuses its requests. */
const letTenMinutesPass = `(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const found = (await indexedDB.databases()).map(({ name }) => name).filter((name) => !name.endsWith('/index'));
  const database = await done(indexedDB.open(found[0]));
  const store = database.transaction('account', 'readwrite').objectStore('account');
  const notes = await done(store.get('pin-notes'));
  notes.ladder.sinceMs -= 10 * 60_000;
  await done(store.put(notes, 'pin-notes'));
  database.close();
})()`;

/** A browser that has never seen Hexkey, at its first page. Any broken content policy fails the test. */
async function newDevice(): Promise<Person> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedScript/.test(message.text())) throw new Error(message.text());
  });
  await page.goto(hexkey.origin);
  const person = personAt(page);
  await page
    .getByRole('button', { name: 'Create account' })
    .or(page.getByRole('link', { name: 'Create account' }))
    .waitFor();
  return person;
}

async function receiveCode(person: Person): Promise<void> {
  const count = (await hexkey.messages()).length;
  await person.enterPhone(phone);
  await person.enterCode(await hexkey.codeFor(phone, count));
}
