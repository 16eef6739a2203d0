import { type Browser, type BrowserContext, freePort, launchChromium } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserStorage } from './browser-storage.ts';
import { type RunningHexkey, startHexkey, temporaryFolder } from './harness.ts';
import { compact, installed } from './installed.ts';
import { type Person, personAt } from './person.ts';

// Two accounts in one browser, against a whole Hexkey.
const folder = temporaryFolder();
let adasWords: readonly string[];
let adasId: string;
let bensId: string;
const adasPin = '492713';
const bensPin = '582047';
const bensPhone = '+12025550188';
let browser: Browser;
let hexkey: RunningHexkey;
beforeAll(async () => void (await installed(folder.path)));
beforeAll(async () => {
  [browser, hexkey] = await Promise.all([
    launchChromium(),
    startHexkey(folder.path, await freePort(), compact),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await hexkey?.stop();
  folder.remove();
});

/** From the first page to the chats. */
async function finishRegistration(person: Person, name: string, pin: string): Promise<readonly string[]> {
  await person.setPin(pin);
  await person.press('Save now');
  const words = await person.readWords();
  await person.press('Done');
  await person.page.getByLabel('Name').fill(name);
  await person.press('Continue');
  await person.sees('Chats');
  return words;
}

interface Sent {
  /** Sessions that signed something. */
  readonly sessions: Set<string>;
  /** Every request, whole, and every frame. */
  readonly texts: string[];
}

/** What a tab sends from now on. */
function watchSent({ page }: Person): Sent {
  const sent: Sent = { sessions: new Set(), texts: [] };
  page.on('request', (request) => {
    const headers = request.headers();
    const session = /keyid="([^"]+)"/.exec(headers['signature-input'] ?? '')?.[1];
    if (session !== undefined) sent.sessions.add(session);
    sent.texts.push(`${request.url()} ${JSON.stringify(headers)} ${request.postData() ?? ''}`);
  });
  page.on('websocket', (socket) => {
    sent.texts.push(socket.url());
    socket.on('framesent', ({ payload }) => void sent.texts.push(payload.toString('latin1')));
  });
  return sent;
}

async function newTab(context: BrowserContext): Promise<Person> {
  const person = personAt(await context.newPage());
  await person.page.goto(hexkey.origin);
  return person;
}

interface Kept {
  readonly session: Readonly<Record<string, string>>;
  readonly databases: readonly { readonly name: string }[];
}

const landing = 'Six digits guard your account.';
const documentOf = ({ page }: Person) => page.evaluate('document.documentElement.outerHTML');
const keptOf = async ({ page }: Person) => JSON.parse(await browserStorage(page)) as Kept;

/** Databases in which a text stands. */
const databasesWith = ({ databases }: Kept, text: string) => [
  ...new Set(databases.filter((one) => JSON.stringify(one).includes(text)).map(({ name }) => name)),
];

test('two accounts in two tabs: neither sends, shows, keeps nor follows anything of the other', async () => {
  const context = await browser.newContext({ locale: 'en-US' });
  const ada = await newTab(context);
  const sentByAda = watchSent(ada);
  await ada.press('Create account');
  await ada.press('Use a mnemonic phrase');
  await ada.page.getByRole('button', { name: 'Continue' }).click();
  adasWords = await finishRegistration(ada, 'Ada Quincewood', adasPin);
  adasId = await ada.hexkeyId();
  const [adasSession = ''] = sentByAda.sessions;

  // A second tab begins with the account that was open last, and changes to a new one.
  const ben = await newTab(context);
  await ben.sees('Chats');
  await ben.page.goto(`${hexkey.origin}/accounts`);
  await ben.press('Add an account');
  await ben.sees(landing);
  const sentByBen = watchSent(ben);
  const adasMarks = [adasId, adasSession, 'Quincewood', adasWords.join(' ')];
  const showsNothingOfAda = async () => {
    const shown = await documentOf(ben);
    for (const mark of adasMarks) expect(shown).not.toContain(mark);
  };
  // Back leads to the addresses of before, never to the account of before.
  await ben.page.goBack();
  await ben.sees(landing);
  await showsNothingOfAda();

  await ben.press('Create account');
  await ben.press('Use a phone number');
  await ben.enterPhone(bensPhone);
  await ben.enterCode(await hexkey.codeFor(bensPhone, 0));
  const bensWords = await finishRegistration(ben, 'Ben', bensPin);
  bensId = await ben.hexkeyId();
  expect(bensId).not.toBe(adasId);
  const [bensSession = ''] = sentByBen.sessions;

  // Each tab stays where it is, and through a reload.
  expect(await ada.hexkeyId()).toBe(adasId);
  await ada.page.reload();
  expect(await ada.hexkeyId()).toBe(adasId);
  await ben.page.reload();
  expect(await ben.hexkeyId()).toBe(bensId);
  await showsNothingOfAda();

  expect([...sentByAda.sessions]).toEqual([adasSession]);
  expect([...sentByBen.sessions]).toEqual([bensSession]);
  for (const mark of adasMarks) expect(sentByBen.texts.filter((text) => text.includes(mark))).toEqual([]);
  for (const mark of [bensId, bensSession, bensPhone])
    expect(sentByAda.texts.filter((text) => text.includes(mark))).toEqual([]);

  // Each database is one account's; what the tab keeps is its own seat and nothing else.
  const kept = await keptOf(ben);
  const [ofAda, ofBen] = [databasesWith(kept, adasSession), databasesWith(kept, bensSession)];
  expect(ofAda.length).toBeGreaterThan(0);
  expect(ofBen.length).toBeGreaterThan(0);
  expect(ofAda.filter((name) => ofBen.includes(name))).toEqual([]);
  expect(Object.keys(kept.session)).toEqual(['hexkey/v1/own-seat']);
  for (const words of [adasWords, bensWords])
    expect(JSON.stringify(kept)).not.toContain(words.slice(0, 3).join(' '));

  // Ben logs out, of his account only: his goes from this browser, hers stays, open in her tab.
  await ben.page.goto(`${hexkey.origin}/settings/account/log-out`);
  await ben.enterPin(bensPin);
  await ben.sees(landing);
  expect(databasesWith(await keptOf(ben), bensSession)).toEqual([]);
  expect(await ada.hexkeyId()).toBe(adasId);

  // Hers is chosen by name, and from then on the tab is hers alone.
  await ben.press('Accounts on this device');
  await ben.page.getByRole('button', { name: 'Ada Quincewood' }).click();
  await ben.sees('Chats');
  const afterwards = watchSent(ben);
  expect(await ben.hexkeyId()).toBe(adasId);
  await ben.page.reload();
  expect(await ben.hexkeyId()).toBe(adasId);
  expect([...afterwards.sessions]).toEqual([adasSession]);
  expect(await documentOf(ben)).not.toContain(bensId);
  await context.close();
});

test('a login at another seat is that account’s alone, before and after its PIN; a login to one that sits already goes to its seat', async () => {
  const context = await browser.newContext({ locale: 'en-US' });
  const ada = await newTab(context);
  const sentByAda = watchSent(ada);
  await logInWithWords(ada);
  await ada.enterPin(adasPin);
  await ada.sees('Chats');
  expect(await ada.hexkeyId()).toBe(adasId);
  const [adasSession = ''] = sentByAda.sessions;
  const adasMarks = [adasId, adasSession, 'Quincewood'];
  const showsNothingOfAda = async (person: Person) => {
    const shown = await documentOf(person);
    for (const mark of adasMarks) expect(shown).not.toContain(mark);
  };

  const ben = await atNewSeat(context);
  const sentByBen = watchSent(ben);
  await showsNothingOfAda(ben);
  await ben.press('Existing account');
  await ben.press('Use a phone number');
  const count = (await hexkey.messages()).length;
  await ben.enterPhone(bensPhone);
  await ben.enterCode(await hexkey.codeFor(bensPhone, count));
  await ben.sees('Enter your PIN');
  await showsNothingOfAda(ben);
  // Her PIN opens nothing of his.
  await ben.enterPin(adasPin);
  await ben.page.getByText('Wrong PIN.').waitFor();
  await ben.enterPin(bensPin);
  await ben.sees('Chats');
  expect(await ben.hexkeyId()).toBe(bensId);
  await showsNothingOfAda(ben);
  const [bensSession = ''] = sentByBen.sessions;
  expect([...sentByBen.sessions]).toEqual([bensSession]);
  for (const mark of adasMarks) expect(sentByBen.texts.filter((text) => text.includes(mark))).toEqual([]);
  for (const mark of [bensId, bensSession, bensPhone])
    expect(sentByAda.texts.filter((text) => text.includes(mark))).toEqual([]);
  const kept = await keptOf(ben);
  const [ofAda, ofBen] = [databasesWith(kept, adasSession), databasesWith(kept, bensSession)];
  expect(ofAda.length).toBeGreaterThan(0);
  expect(ofBen.length).toBeGreaterThan(0);
  expect(ofAda.filter((name) => ofBen.includes(name))).toEqual([]);

  // Two seats of one account would change it at once.
  const again = await atNewSeat(context);
  await logInWithWords(again);
  const seatOf = ({ page }: Person) => page.evaluate(`sessionStorage.getItem('hexkey/v1/own-seat')`);
  await expect.poll(() => seatOf(again), { timeout: 60_000 }).toBe(await seatOf(ada));
  // It is a new login, which went along to her seat: it wants her PIN like any other.
  await again.sees('Enter your PIN');
  await again.enterPin(adasPin);
  await again.sees('Chats');
  expect(await again.hexkeyId()).toBe(adasId);
  expect(await documentOf(again)).not.toContain(bensId);
  await again.page.goto(`${hexkey.origin}/accounts`);
  await again.page.getByRole('button', { name: 'Ben' }).waitFor();
  expect(await again.page.getByRole('button', { name: 'Ada Quincewood' }).count()).toBe(0);
  expect(await ben.hexkeyId()).toBe(bensId);
  await context.close();
});

async function logInWithWords(person: Person): Promise<void> {
  await person.press('Existing account');
  await person.press('Use a mnemonic phrase');
  await person.enterWords(adasWords);
  await person.press('Log in');
}

/** A tab that has changed to an account which is not there yet. */
async function atNewSeat(context: BrowserContext): Promise<Person> {
  const person = await newTab(context);
  await person.sees('Chats');
  await person.page.goto(`${hexkey.origin}/accounts`);
  await person.press('Add an account');
  await person.sees(landing);
  return person;
}
