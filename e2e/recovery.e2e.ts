import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { toBase58 } from '@hexkey/protocol';
import { type Browser, type BrowserContext, freePort, launchChromium } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AccountTraces, findAtNodes, findAtServer, tracesOf } from './account-traces.ts';
import { createGroup, message, write } from './chat-person.ts';
import { type RunningHexkey, startHexkey, temporaryFolder, until } from './harness.ts';
import { compact, installed } from './installed.ts';
import { movingTime } from './moving-time.ts';
import { type Person, personAt } from './person.ts';
import { descendantsOf } from './processes.ts';
import { someBitmap } from './some-bitmap.ts';

/**
 * The ways back in, in Chromium over a whole Hexkey: an owner, the recovery contact, and somebody who holds the owner's number; and at the end
 * the way out, on which the account is deleted. The tests tell one story, in order.
 */
const pin = '492713';
const phone = '+12025550143';
const newPhone = '+12025550188';
const dayMs = 24 * 60 * 60_000;
const folder = temporaryFolder();
const dataFolder = join(folder.path, 'data');
const time = movingTime(folder.path);
let port: number;
let browser: Browser;
let hexkey: RunningHexkey;
let owner: Person;
let ownerId: string;
let contact: Person;
let contactId: string;
/** Where the owner came back in without the number. */
let newDevice: Person;
let words: readonly string[];
/** What support was asked, before a login. */
const request = 'My picture is upside down';

beforeAll(async () => void (await installed(dataFolder)));
beforeAll(async () => {
  port = await freePort();
  [browser, hexkey] = await Promise.all([launchChromium(), start()]);
});
afterAll(async () => {
  await browser?.close();
  await hexkey?.stop();
  folder.remove();
});

test('an invite survives a registration: whoever opened it is offered to add its sender, and does', async () => {
  owner = await openBrowser('/');
  await owner.press('Create account');
  await owner.press('Use a phone number');
  await receiveCode(owner, phone);
  await becomeSomebody(owner, 'Ada');
  ownerId = await idOnProfile(owner);
  const link = await owner.page.getByText(`/i/${ownerId}`).innerText();

  contact = await openBrowser(new URL(link).pathname);
  await contact.page.getByText(`Hexkey ID ${ownerId} invited you.`).waitFor();
  await contact.press('Create account');
  await contact.press('Use a mnemonic phrase');
  await contact.press('Continue');
  await becomeSomebody(contact, 'Grace', 'You were invited');
  await contact.page.getByRole('region', { name: 'Found' }).getByText('Ada').waitFor();
  await contact.screenshot('recovery-invited');
  await contact.press('Not now');
  await contact.sees('Chats');
  contactId = await idOnProfile(contact);
});

test('the eleven steps: a contact who has not added the owner gets no code; then set, viewed, and the contact is told', async () => {
  await goTo(owner, '/contacts/add');
  await owner.page.getByLabel('Hexkey ID').fill(contactId);
  await owner.press('Find');
  await owner.press('Add');
  await owner.sees('Contacts');

  // 1 to 7: avatar, gear, Privacy and Security, the last row, Enable, Got it, PIN.
  await goTo(owner, '/chats');
  await owner.press('Profile');
  await owner.press('Settings');
  await owner.page.getByRole('link', { name: /^Privacy and Security/ }).click();
  await owner.press('Enable');
  await owner.press('Got it');
  await owner.press('I’m ready');
  await owner.enterPin(pin);
  await owner.sees('Choose a contact');
  const grace = owner.page.getByRole('button', { name: new RegExp(contactId) });
  await grace.click();
  await owner.page.getByText('has not added you. No code was sent.').waitFor();
  await owner.screenshot('recovery-not-added-back');

  await goTo(contact, '/contacts/add');
  await contact.page.getByLabel('Hexkey ID').fill(ownerId);
  await contact.press('Find');
  await contact.press('Add');
  await contact.sees('Contacts');
  await goTo(contact, '/chats');
  await contact.page.getByText('No messages yet').waitFor();

  // 8 to 11: choose, the code, the arrow, the contact's page.
  await grace.click();
  await owner.sees('Enter their code');
  // Nothing is loaded anew: it comes by itself.
  await contact.page.getByText(`A code for Ada (${ownerId})`).waitFor();
  const code = await codeAt(contact);
  await contact.screenshot('recovery-code-at-contact');
  await owner.enterCode(code);
  await owner.page.getByRole('button', { name: 'Confirm', exact: true }).waitFor();
  await owner.page.getByRole('textbox', { name: 'Code' }).press('Enter');
  await owner.page.getByText('is your recovery contact now, and was told.').waitFor();
  await owner.page.getByText(contactId, { exact: true }).waitFor();
  await owner.page.getByRole('button', { name: 'Change', exact: true }).waitFor();
  await owner.page.getByRole('button', { name: 'Remove', exact: true }).waitFor();
  await owner.screenshot('recovery-contact-page');
  await teamSays(contact, 'You are a recovery contact');
});

test('the five steps: in without the number, to the PIN, and the number is changed', async () => {
  await goTo(owner, '/chats');
  newDevice = await openBrowser('/');
  await askForHelp(newDevice, phone);
  await newDevice.screenshot('recovery-need-help');
  await newDevice.press('Lost your mobile number?');
  for (const wrongId of [ownerId, '999999999']) {
    await askContact(newDevice, wrongId);
    await newDevice.page.getByText('Code 20130').waitFor();
  }
  const sms = (await hexkey.messages()).length;
  await askContact(newDevice, contactId);
  await newDevice.sees('Enter your contact’s code');
  // The number and every device of the owner hear of it at once.
  await owner.page.getByText('A login through your recovery contact').first().waitFor();
  await expect
    .poll(async () => (await hexkey.messages()).slice(0, -sms).map(({ to }) => to))
    .toEqual([phone]);
  await newDevice.enterCode(await codeAt(contact));
  await newDevice.sees('Enter your PIN');
  await newDevice.enterPin(pin);
  await newDevice.sees('Change your phone number now?');
  await newDevice.screenshot('recovery-change-number');
  await newDevice.press('Change');
  await newDevice.enterPin(pin);
  await newDevice.page.getByLabel('Phone number').fill(newPhone);
  await newDevice.press('Continue');
  const count = (await hexkey.messages()).length;
  await newDevice.press('Send code');
  await newDevice.enterCode(await hexkey.codeFor(newPhone, count));
  await newDevice.sees('Changed');
  await newDevice.press('Done');
  const last = (await hexkey.messages()).slice(0, -count);
  expect(last.some(({ to }) => to === phone)).toBe(true);
  expect(await newDevice.hexkeyId()).toBe(ownerId);
  await goTo(owner, '/chats/team-hexkey');
  await teamSays(owner, 'New login through your recovery contact');
  await teamSays(owner, 'Phone number changed');
  await owner.screenshot('recovery-team-hexkey');
});

test('a code is tried three times at most, and a live device refuses the login with the PIN', async () => {
  await goTo(newDevice, '/chats');
  const attacker = await openBrowser('/');
  await askForHelp(attacker, newPhone);
  await attacker.press('Lost your mobile number?');
  await askContact(attacker, contactId);
  await attacker.sees('Enter your contact’s code');
  const code = await codeAt(contact);
  const wrong = code === '0000' ? '1111' : '0000';
  for (const left of ['Tries left: 2.', 'Tries left: 1.', 'Tries left: 0.']) {
    await attacker.enterCode(wrong);
    await attacker.page.getByText(left).waitFor();
  }
  await attacker.enterCode(code);
  await attacker.page.getByText('Code 20114').waitFor();
  await attacker.screenshot('recovery-code-used-up');

  await newDevice.press('See and refuse');
  await newDevice.enterPin(pin);
  await newDevice.page.getByText('Refused. Nobody gets in this way for 24 hours.').waitFor();
  await newDevice.sees('Chats');
  await attacker.press('Back');
  await askContact(attacker, contactId);
  await attacker.sees('This login has ended');
  await teamSays(owner, 'Login through your recovery contact refused');
  await attacker.page.context().close();
});

test('the words are backed up by typing them all, and open the account in a new browser', async () => {
  await goTo(owner, '/settings/account/security/recovery-kit');
  await owner.page.getByRole('link', { name: /^Mnemonic phrase.*Not backed up$/ }).click();
  await owner.press('Continue');
  await owner.enterPin(pin);
  words = await owner.readWords();
  expect(words).toHaveLength(13);
  await owner.press('I wrote them down');
  await owner.enterWords(words);
  await owner.press('Check the words');
  await owner.sees('Backed up');

  const back = await openBrowser('/');
  await logInWithWords(back);
  await back.sees('Enter your PIN');
  await back.enterPin(pin);
  await back.sees('Chats');
  expect(await back.hexkeyId()).toBe(ownerId);
  await back.page.context().close();
});

test('an account of another system is imported, refused at login, and upgraded, with the page closed in between', async () => {
  const number = '+12025550199';
  const legacyPin = '271828';
  // By crypt(3), as apps/api/src/legacy-accounts/fixtures.
  const hash = '$2y$05$abcdefghijklmnopqrstuuYsYvg/Cwukks/80IXTJocp7tEgvT.0W';
  const file = join(folder.path, 'people.csv');
  await writeFile(file, `phone,hash,reference\n${number},${hash},user-7\n`);
  expect(await operator('import-legacy', file)).toEqual({ imported: 1, unchanged: 0, refused: [] });
  expect(await operator('legacy', 'list')).toMatchObject({ waiting: 1, accounts: [{ reference: 'user-7' }] });

  const before = await openBrowser('/');
  await before.press('Existing account');
  await before.press('Use a phone number');
  await receiveCode(before, number);
  await before.sees('Enter your old PIN');
  await before.page.getByLabel('Old PIN or password').fill(legacyPin);
  await before.press('Continue');
  await before.sees('Set your PIN');
  const context = before.page.context();
  await before.page.close();

  const after = personAt(await context.newPage());
  await goTo(after, '/');
  await after.sees('Set your PIN');
  await after.setPin(legacyPin);
  await after.page.getByText('That is your old PIN, which the server has seen.').waitFor();
  expect(await operator('legacy', 'list')).toMatchObject({ waiting: 1 });
  await becomeSomebody(after, 'Konrad');
  expect(await operator('legacy', 'list')).toEqual({ waiting: 0, upgraded: 1, accounts: [] });
  await context.close();
});

test('a ticket from before a login is claimed after it; that support answered is told on every device', async () => {
  const back = await openBrowser('/');
  await back.press('Existing account');
  await back.press('Support');
  await back.page.getByLabel('Your message').fill(request);
  await back.press('Send');
  const said = back.page.getByText(request).and(back.page.locator('p'));
  await said.waitFor();
  await goTo(back, '/');
  await logInWithWords(back);
  await back.sees('Enter your PIN');
  await back.enterPin(pin);
  await back.sees('Chats');

  await goTo(back, '/support');
  await back.page.getByText('A ticket was opened on this device before you logged in.').waitFor();
  expect(await back.page.getByText(request).count()).toBe(0);
  const listed = async () => (await operator('tickets', 'list')) as { tickets: Record<string, unknown>[] };
  expect(await listed()).toMatchObject({ tickets: [{ hexkeyId: null }] });
  await back.press('It is mine');
  await said.waitFor();
  const { tickets } = await listed();
  expect(tickets).toMatchObject([{ hexkeyId: ownerId, awaitsAnswer: true }]);
  const number = String(tickets[0]?.ticketNumber);
  await goTo(back, '/chats/team-hexkey');
  await goTo(owner, '/chats/team-hexkey');
  await operator('tickets', 'answer', number, 'Turn it before you choose it.');
  for (const device of [back, owner]) {
    await teamSays(device, 'Support answered you');
    await device.page.getByText(`Ticket ${number} has an answer.`).waitFor();
  }
  await goTo(back, '/support');
  await back.page.getByText('Turn it before you choose it.').waitFor();
  // A login without the key of the ticket is told of the answer, and reads nothing.
  await goTo(owner, '/support');
  await owner.page.getByText('How can we help?').waitFor();
  expect(await owner.page.getByText(request).count()).toBe(0);
  await back.page.context().close();
});

test('an account with a wallet, a picture, a group, a ticket and messages that wait is deleted, kept by a login, and asked for again', async () => {
  const contactsBrowser = await fillAccount();
  const traces = await whileStopped(async () => {
    const found = await tracesOf(dataFolder, ownerId, { 'the request': request });
    // The search finds them where they are.
    const tables = (await findAtServer(dataFolder, found)).map((one) => one.slice(0, one.indexOf(':')));
    for (const table of withItsRows) expect(tables).toContain(table);
    for (const node of [1, 2, 3, 4, 5])
      for (const what of Object.keys(found.atNodes).filter((name) =>
        /record|pin_auth_key|public_key/.test(name),
      ))
        expect(findAtNodes(dataFolder, found).join('\n')).toContain(`node ${node}: ${what} in`);
    return found;
  });
  await askToDelete();
  await logInWithWords(owner);
  await owner.sees('This account is about to be deleted');
  expect(await owner.page.getByRole('button', { name: /^Continue in \d s$/ }).isDisabled()).toBe(true);
  await owner.press('Continue and keep the account');
  await owner.enterPin(pin);
  await owner.sees('Chats');
  await time.moveOn(dayMs, browser);
  await owner.sees('Chats');
  await askToDelete();
  deleted = { traces, contactsBrowser };
});

test('on the day a server that is killed and started again deletes it: five nodes and every table hold a tombstone only, the number is free, the address receives', async () => {
  const { traces, contactsBrowser } = deleted;
  await time.moveOn(30 * dayMs, browser);
  const [server] = descendantsOf(hexkey.child.pid as number).filter(
    (one) => one.command.includes('apps/api/src/main.ts') && !one.isZombie,
  );
  process.kill(server?.pid as number, 'SIGKILL');
  await expect.poll(() => findAtNodes(dataFolder, traces), { timeout: 120_000, interval: 500 }).toEqual([]);

  contact = personAt(await contactsBrowser.newPage());
  await goTo(contact, '/contacts');
  await contact.page.getByText('Account deleted').first().waitFor();
  await goTo(contact, '/chats');
  await contact.page.getByRole('link', { name: /^Crew/ }).click();
  await contact.page.getByRole('log').getByText('You became the owner').waitFor();
  // What waited was not delivered before, and is nobody's now.
  expect(await contact.page.getByText('Held for you').count()).toBe(0);

  const fresh = await openBrowser('/');
  await fresh.press('Create account');
  await fresh.press('Use a phone number');
  await receiveCode(fresh, newPhone);
  await becomeSomebody(fresh, 'Nova');
  expect(await idOnProfile(fresh)).not.toBe(ownerId);

  const address = toBase58(traces.walletKey);
  await ledger('requestAirdrop', [address, 1_000_000]);
  await until(async () => ((await ledger('getBalance', [address])) === 1_000_000 ? true : null));

  expect(hexkey.output()).not.toContain(newPhone);
  await whileStopped(async () => {
    const found = await findAtServer(dataFolder, traces);
    expect(found.filter((one) => !tombstone.includes(one) && !isOfTheGroup(one))).toEqual([]);
    expect(found).toEqual(
      expect.arrayContaining(['accounts: account', 'accounts: Hexkey ID', 'account_deletions: account']),
    );
    expect(findAtNodes(dataFolder, traces)).toEqual([]);
  });
});

let deleted: { readonly traces: AccountTraces; readonly contactsBrowser: BrowserContext };
/** Where an account that has everything has rows. */
const withItsRows = [
  ...['accounts', 'avatars', 'contacts', 'device_keys', 'device_lists', 'envelope_queue', 'envelopes'],
  ...['group_leaves', 'group_members', 'groups', 'key_packages', 'log_entries', 'log_heads'],
  ...['recovery_contacts', 'sent_ids', 'sessions', 'support_messages', 'support_tickets', 'wallets'],
];
/** What stays: other people's records name the tombstone, their group its leaves until a member takes them out (ADR 76); and the number has its new account. */
const tombstone = [
  ...['accounts', 'account_deletions', 'contacts', 'erase_deliveries', 'group_leaves', 'group_members'].map(
    (table) => `${table}: account`,
  ),
  'accounts: Hexkey ID',
  ...['accounts', 'limits', 'phone_verifications'].map((table) => `${table}: accounts.phone_hash`),
];
const isOfTheGroup = (found: string) => /^groups: /.test(found) || /^group_leaves: .*device_id$/.test(found);

/** A picture, a group with a poll and a pin, and messages that wait: for the contact, who is away, and for the owner's other device. @returns the contact's browser */
async function fillAccount(): Promise<BrowserContext> {
  await goTo(owner, '/profile');
  const picture = { name: 'noise.bmp', mimeType: 'image/bmp', buffer: someBitmap(320, 320) };
  await owner.page.getByLabel('Choose a picture').setInputFiles(picture);
  await owner.page.getByText('Picture saved').waitFor();
  await createGroup(owner, 'Crew', [contactId]);
  await write(owner, 'Who comes?');
  await goTo(contact, '/chats');
  await contact.page.getByRole('link', { name: /^Crew/ }).click();
  await message(contact, 'Who comes?').waitFor();
  await message(owner, 'Who comes?').click({ button: 'right' });
  await owner.press('Pin for everyone');
  await contact.page.getByRole('button', { name: 'Pinned message Who comes?' }).waitFor();
  await owner.press('New poll');
  await owner.page.getByLabel('Question').fill('When?');
  await owner.page.getByLabel('Option 1').fill('Now');
  await owner.page.getByLabel('Option 2').fill('Later');
  await owner.press('Send poll');
  await message(contact, 'Poll: When?').getByRole('button', { name: 'Now 0 votes' }).click();
  await message(owner, 'Poll: When?').getByRole('button', { name: 'Now 1 vote' }).waitFor();
  const contactsBrowser = contact.page.context();
  await contact.page.close();
  await newDevice.page.context().close();
  await write(owner, 'Held for you');
  await message(owner, 'Held for you').getByText('Sent', { exact: true }).waitFor();
  return contactsBrowser;
}

/** From the settings to the end of the login. */
async function askToDelete(): Promise<void> {
  await goTo(owner, '/settings/account');
  await owner.page.getByRole('link', { name: 'Delete my account' }).click();
  await owner.page.getByText('Lost for good: the wallet').waitFor();
  await owner.press('Continue');
  await owner.enterPin(pin);
  await owner.page.getByText('Your wallet is empty').waitFor();
  await owner.press('Continue');
  const count = (await hexkey.messages()).length;
  await owner.press('Send code');
  await owner.enterCode(await hexkey.codeFor(newPhone, count));
  await owner.sees(/^Your account is deleted on/);
  await owner.enterPin(pin);
  await owner.page.getByRole('button', { name: 'Existing account' }).waitFor();
}

async function logInWithWords(person: Person): Promise<void> {
  await person.press('Existing account');
  await person.press('Use a mnemonic phrase');
  await person.enterWords(words);
  await person.press('Log in');
}

const start = () => startHexkey(dataFolder, port, { ...compact, ...time.env });

/** Stops everything and starts it again; browsers find it at the same address. */
async function whileStopped<T>(work: () => Promise<T>): Promise<T> {
  expect(await hexkey.stop()).toBe(0);
  const result = await work();
  hexkey = await start();
  return result;
}

/** A call of Solana's JSON-RPC. */
async function ledger(method: string, params: readonly unknown[]): Promise<unknown> {
  const answer = await fetch(`${hexkey.origin}/ledger/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const { result } = (await answer.json()) as { result: { value?: unknown } };
  return result.value;
}

/** What the operator's program answers. */
async function operator(...args: string[]): Promise<unknown> {
  const program = fileURLToPath(new URL('../apps/admin/hexkey-admin.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [
    program,
    '--data-dir',
    dataFolder,
    '--json',
    ...args,
  ]);
  return JSON.parse(stdout);
}

/** A browser that has never seen Hexkey. */
async function openBrowser(path: string): Promise<Person> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 390, height: 844 } });
  await time.bring(context);
  const page = await context.newPage();
  await page.goto(new URL(path, hexkey.origin).href);
  await page.getByRole('button', { name: 'Create account' }).waitFor();
  return personAt(page);
}

async function goTo(person: Person, path: string): Promise<void> {
  await person.page.goto(new URL(path, hexkey.origin).href);
}

/** From the first PIN to a name. @param next the page after it */
async function becomeSomebody(person: Person, name: string, next = 'Chats'): Promise<void> {
  await person.sees('Set your PIN');
  await person.setPin(pin);
  await person.sees('Your 13 words');
  await person.press('Later');
  await person.page.getByLabel('Name').fill(name);
  await person.press('Continue');
  await person.sees(next);
}

async function idOnProfile(person: Person): Promise<string> {
  await person.press('Profile');
  const id = person.page.getByText(/^\d{9}$/).first();
  await id.waitFor();
  return id.innerText();
}

async function receiveCode(person: Person, number: string): Promise<void> {
  const count = (await hexkey.messages()).length;
  await person.enterPhone(number);
  await person.enterCode(await hexkey.codeFor(number, count));
}

/** The original number, and a minute in which no code is typed; the server counts it. */
async function askForHelp(person: Person, number: string): Promise<void> {
  await person.press('Existing account');
  await person.press('Use a phone number');
  await person.enterPhone(number);
  await person.sees('Enter the code');
  expect(await person.page.getByRole('button', { name: 'Need help?' }).count()).toBe(0);
  await person.page.getByRole('button', { name: 'Need help?' }).click({ timeout: 90_000 });
}

async function askContact(person: Person, hexkeyId: string): Promise<void> {
  await person.page.getByLabel('Recovery contact’s Hexkey ID').fill(hexkeyId);
  await person.press('Send code');
}

/** The newest code that Team Hexkey sent to a contact. */
async function codeAt(person: Person): Promise<string> {
  await goTo(person, '/chats/team-hexkey');
  const code = person.page.getByText(/^\d{4}$/).last();
  await code.waitFor();
  return code.innerText();
}

/** On the open page of Team Hexkey, without loading it anew. */
async function teamSays(person: Person, title: string): Promise<void> {
  const messages = person.page.getByRole('list', { name: 'Messages of Team Hexkey' });
  await messages.getByText(title, { exact: true }).last().waitFor();
}
