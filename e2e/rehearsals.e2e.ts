import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, freePort, launchChromium } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { entropyCanaries, findIn, pinCanaries, wordsCanaries } from './canary.ts';
import { type RunningHexkey, startHexkey, temporaryFolder } from './harness.ts';
import { compact, installed } from './installed.ts';
import { movingTime } from './moving-time.ts';
import { addContact, becomeSomebody, codeAt, idOnProfile, receiveCode } from './newcomer.ts';
import { type Person, personAt } from './person.ts';
import { goTo } from './wallet-person.ts';

/**
 * The recovery drill and the export of all data, in Chromium over a whole Hexkey: an owner with all three ways back, and the recovery contact.
 * The tests tell one story, in order.
 */
const pin = '492713';
const phone = '+12025550143';
const dayMs = 24 * 60 * 60_000;
const kitPath = '/settings/account/security/recovery-kit';
const folder = temporaryFolder();
const dataFolder = join(folder.path, 'data');
const time = movingTime(folder.path);
let browser: Browser;
let hexkey: RunningHexkey;
let owner: Person;
let ownerId: string;
let words: readonly string[];
let contact: Person;
let contactId: string;

beforeAll(async () => void (await installed(dataFolder)));
beforeAll(async () => {
  const start = async () => startHexkey(dataFolder, await freePort(), { ...compact, ...time.env });
  [browser, hexkey] = await Promise.all([launchChromium(), start()]);
});
afterAll(async () => {
  await browser?.close();
  await hexkey?.stop();
  folder.remove();
});

test('with a number, words and a contact the kit is whole; half a year later none of it counts as seen to work', async () => {
  [owner, contact] = [await openBrowser(), await openBrowser()];
  await contact.press('Create account');
  await contact.press('Use a mnemonic phrase');
  await contact.press('Continue');
  await becomeSomebody(contact, { pin, name: 'Grace' });
  contactId = await idOnProfile(contact);
  await owner.press('Create account');
  await owner.press('Use a phone number');
  await receiveCode(hexkey, owner, phone);
  await becomeSomebody(owner, { pin, name: 'Ada' });
  ownerId = await idOnProfile(owner);
  await addContact(owner, contactId);
  await addContact(contact, ownerId);
  await backUpWords();
  await setContact();

  await goTo(owner, kitPath);
  await owner.page.getByText('7 of 7').waitFor();
  await time.moveOn(181 * dayMs, browser);
  await owner.page.getByText('4 of 7').waitFor();
  await owner.page.getByText('Enough ways lead back, but something needs your attention.').waitFor();
});

test('each way back is rehearsed by a real login that is thrown away, and the health says so', async () => {
  await begin('Rehearse the phone number');
  await owner.enterPin(pin);
  const code = await sendCode();
  await owner.enterCode(code);
  await works('5 of 7');

  await begin('Rehearse the phrase');
  await owner.enterWords(words);
  await owner.press('Continue');
  await owner.enterPin(pin);
  await works('6 of 7');

  // A number gets one code a minute, whatever for.
  await time.waitOut(61_000, browser);
  await begin('Rehearse with the contact');
  await owner.enterPin(pin);
  await sendCode();
  await time.waitOut(61_000, browser);
  await owner.press('Lost your mobile number?');
  await owner.page.getByLabel('Hexkey ID').fill(contactId);
  await owner.press('Send code');
  await owner.sees('Enter your contact’s code');
  await owner.enterCode(await codeAt(contact));
  await works('7 of 7');

  // The account is as it was: no other device, and the same words behind the same PIN.
  await goTo(owner, '/settings/account/security/devices');
  await owner.page.getByText('No other device').waitFor();
  expect(await owner.viewWords(pin)).toEqual(words);
  await goTo(owner, '/chats/team-hexkey');
  const told = owner.page.getByRole('list', { name: 'Messages of Team Hexkey' });
  await told.getByText('Somebody is logging in through your recovery contact').first().waitFor();
  expect(await told.getByText(/^New login/).count()).toBe(0);
});

test('all that the server holds is a file for the PIN: the account is in it, and no secret, nor anybody else', async () => {
  await goTo(owner, '/settings');
  await owner.page.getByRole('link', { name: /^Account/ }).click();
  await owner.page.getByRole('link', { name: /^Export my data/ }).click();
  const saved = owner.page.waitForEvent('download');
  await owner.enterPin(pin);
  await owner.page.getByText('The file is yours').waitFor();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^hexkey-my-data-\d{4}-\d{2}-\d{2}\.json$/);
  const text = await readFile(await file.path(), 'utf8');
  const { holdings } = JSON.parse(text) as Exported;
  const recordsOf = (name: string) => holdings[name]?.records ?? [];
  expect(recordsOf('accounts')).toMatchObject([{ hexkey_id: ownerId, name: 'Ada', phone }]);
  expect(recordsOf('contacts')).toMatchObject([{ contact_hexkey_id: contactId }]);
  expect(recordsOf('recovery_contacts')).toMatchObject([{ contact_hexkey_id: contactId }]);
  expect(recordsOf('drills').map(({ method }) => method)).toEqual(['contact', 'phone', 'words']);
  // What was rehearsed left a line each, and no login.
  expect(recordsOf('sessions')).toMatchObject([{ state: 'full', is_drill: false }]);
  // The last one is known until its quarter of an hour is over, so that its end may be said twice.
  expect(recordsOf('open_drills')).toMatchObject([{ method: 'contact', worked_at: expect.any(String) }]);
  const operations = recordsOf('log_entries').map(({ operation }) => operation);
  for (const operation of ['startDrill', 'endDrill'])
    expect(operations.filter((one) => one === operation)).toHaveLength(3);
  expect(operations).toContain('openAccountExport');

  const secrets = [...pinCanaries(pin), ...wordsCanaries(words), ...entropyCanaries('the entropy', words)];
  expect(findIn('the file', text, [...secrets, { name: 'the contact', pattern: /Grace/ }])).toEqual([]);
  for (const { withheld, records } of Object.values(holdings))
    for (const record of records)
      for (const name of Object.keys(withheld)) expect(record).not.toHaveProperty(name);
});

interface Exported {
  readonly holdings: Readonly<
    Record<
      string,
      {
        readonly withheld: Readonly<Record<string, string>>;
        readonly records: readonly Readonly<Record<string, unknown>>[];
      }
    >
  >;
}

async function openBrowser(): Promise<Person> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 390, height: 844 } });
  await time.bring(context);
  const person = personAt(await context.newPage());
  await person.page.goto(hexkey.origin);
  return person;
}

async function backUpWords(): Promise<void> {
  await goTo(owner, `${kitPath}/words`);
  await owner.press('Continue');
  await owner.enterPin(pin);
  words = await owner.readWords();
  await owner.press('I wrote them down');
  await owner.enterWords(words);
  await owner.press('Check the words');
  await owner.sees('Backed up');
}

async function setContact(): Promise<void> {
  await goTo(owner, `${kitPath}/contact`);
  await owner.press('Got it');
  await owner.press('I’m ready');
  await owner.enterPin(pin);
  await owner.page.getByRole('button', { name: new RegExp(contactId) }).click();
  await owner.sees('Enter their code');
  await owner.enterCode(await codeAt(contact));
  await owner.press('Confirm');
  await owner.page.getByText('is your recovery contact now, and was told.').waitFor();
}

async function begin(rehearsal: string): Promise<void> {
  await goTo(owner, kitPath);
  await owner.press(rehearsal);
}

/** @returns the code that was sent */
async function sendCode(): Promise<string> {
  const count = (await hexkey.messages()).length;
  await owner.page.getByLabel('Phone number').fill(phone);
  await owner.press('Continue');
  return hexkey.codeFor(phone, count);
}

async function works(score: string): Promise<void> {
  await owner.sees('It works');
  await owner.press('Done');
  await owner.page.getByText(score).waitFor();
}
