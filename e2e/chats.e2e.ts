import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toHex } from '@hexkey/protocol';
import { type Browser, type BrowserContext, bundlePrograms, freePort, launchChromium } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operatorKey } from '../apps/supervisor/src/installation/operator-key.ts';
import { composer, createGroup, message, write } from './chat-person.ts';
import { type RunningHexkey, startHexkey, temporaryFolder } from './harness.ts';
import { installed } from './installed.ts';
import { movingTime } from './moving-time.ts';
import { type Person, personAt } from './person.ts';
import { someBitmap } from './some-bitmap.ts';

/**
 * The messenger in Chromium over a whole Hexkey: Ann with two devices, Bob, and Sam, whom Bob never adds. The tests tell one
 * story, in order.
 */
const pin = '492713';
const annsPhone = '+12025550143';
const patience = { timeout: 30_000 };
const everySecond = { timeout: 30_000, interval: 1000 };
const dayMs = 24 * 60 * 60_000;
const folder = temporaryFolder();
const time = movingTime(folder.path);
let browser: Browser;
let hexkey: RunningHexkey;
let ann: Person;
let annsOther: Person;
let bob: Person;
let bobsBrowser: BrowserContext;
let sam: Person;
let annsId: string;
let bobsId: string;
let samsId: string;
let bobsWords: readonly string[];

beforeAll(async () => void (await installed(join(folder.path, 'data'))));
beforeAll(async () => {
  const port = await freePort();
  [browser, hexkey] = await Promise.all([
    launchChromium(),
    startHexkey(join(folder.path, 'data'), port, time.env),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await hexkey?.stop();
  folder.remove();
});

test('three people register, and one of them logs in on a second device', async () => {
  [ann, bob, sam] = [await openBrowser(), await openBrowser(), await openBrowser()];
  bobsBrowser = bob.page.context();
  [, bobsWords] = await Promise.all([
    registerAnn(),
    registerWithWords(bob, 'Bob'),
    registerWithWords(sam, 'Sam'),
  ]);
  [annsId, bobsId, samsId] = [await idOnProfile(ann), await idOnProfile(bob), await idOnProfile(sam)];
  annsOther = await logInAsAnn();
});

test('text goes both ways, with an answer that quotes, and reaches the other device of its writer', async () => {
  await Promise.all([goTo(ann, '/chats/new'), goTo(bob, '/chats')]);
  await ann.page.getByLabel('Name or Hexkey ID').fill(bobsId);
  await ann.press('Open chat');
  await ann.sees('Bob');
  await write(ann, 'Good morning, Bob');
  // No contact of his: it is for him to take.
  const requests = bob.page.getByRole('link', { name: /^Message requests.*1 person wants/ });
  await requests.waitFor();
  expect(await bob.page.title()).not.toMatch(/^\(/);
  await requests.click();
  await bob.page.getByRole('link', { name: /^Ann.*1 unread message/ }).click();
  await message(bob, 'Good morning, Bob').waitFor();
  await bob.press('Accept');
  await composer(bob).waitFor();
  await answer(bob, 'Good morning, Bob', 'And to you');
  await message(ann, 'And to you')
    .getByRole('button', { name: /You Good morning, Bob/ })
    .waitFor();
  await message(ann, 'Good morning, Bob').getByText('Read', { exact: true }).waitFor();
  await annsOther.page.getByRole('link', { name: /^Bob/ }).click();
  await message(annsOther, 'And to you').waitFor();
});

test('reactions, typing, deletion for everyone and a contact card are seen on the other side', async () => {
  await message(bob, 'Good morning, Bob').click({ button: 'right' });
  await bob.press('React with ❤️');
  await message(ann, 'Good morning, Bob').getByRole('button', { name: '❤️, 1 person: Bob' }).waitFor();

  const typing = ann.page.getByRole('main').getByText('Typing…');
  // Kept nowhere: it is only seen by who is connected in that moment.
  await expect
    .poll(async () => {
      await composer(bob).press('h');
      return typing.count();
    }, everySecond)
    .toBe(1);
  await composer(bob).fill('');

  await write(ann, 'Meet at noon');
  await message(bob, 'Meet at noon').waitFor();
  await message(ann, 'Meet at noon').click({ button: 'right' });
  await ann.press('Edit');
  await ann.page.getByRole('textbox', { name: 'New text' }).fill('Meet at one');
  await ann.press('Save');
  await message(bob, 'Meet at one').getByText('edited', { exact: true }).waitFor();
  await message(bob, 'Meet at one').click({ button: 'right' });
  await bob.press('Forward');
  await bob.page.getByRole('dialog').getByRole('button', { name: 'Ann' }).click();
  await message(ann, 'Meet at one').getByText('Forwarded', { exact: true }).waitFor();

  await write(ann, 'Said too soon');
  await message(bob, 'Said too soon').waitFor();
  await message(ann, 'Said too soon').click({ button: 'right' });
  await ann.press('Delete');
  await ann.press('Delete for everyone');
  await message(bob, 'This message was deleted').waitFor();
  expect(await bob.page.getByText('Said too soon').count()).toBe(0);

  await ann.page.goto(new URL('/contacts/add', hexkey.origin).href);
  await ann.page.getByLabel('Hexkey ID').fill(samsId);
  await ann.press('Find');
  await ann.press('Add');
  await ann.sees('Contacts');
  await openChat(ann, 'Bob');
  await ann.press('Send a contact card');
  await ann.page.getByRole('button', { name: new RegExp(`Sam.*${samsId}`) }).click();
  await message(bob, 'Contact: Sam').getByText(samsId).waitFor();
  await bob.screenshot('chats-direct');
});

test('a file and a picture go to the other side, and are what they were; deleted, it is gone from both', async () => {
  const text = 'Note G, as it was written';
  const attached = ann.page.locator('input[type=file]');
  await attached.setInputFiles({ name: 'Notes.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
  const atBob = message(bob, 'File: Notes.txt');
  await atBob.waitFor(patience);
  const saving = bob.page.waitForEvent('download');
  await atBob.getByRole('button', { name: 'Save' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('Notes.txt');
  expect(readFileSync(await saved.path(), 'utf8')).toBe(text);

  // Drawn under the content policy of the front door, small in the conversation and whole when it is opened.
  await attached.setInputFiles(join(import.meta.dirname, '../apps/web/public/icons/mark-512.png'));
  const widthOf = (image: ReturnType<typeof message>) =>
    image.evaluate((element) => (element as unknown as { naturalWidth: number }).naturalWidth);
  const picture = bob.page.getByRole('button', { name: 'Open picture mark-512.png' });
  await expect.poll(() => widthOf(picture.locator('img')), everySecond).toBe(320);
  await picture.click();
  await expect.poll(() => widthOf(bob.page.getByRole('dialog').getByRole('img')), everySecond).toBe(512);
  await bob.press('Close');

  await message(ann, 'File: Notes.txt').click({ button: 'right' });
  await ann.press('Delete');
  await ann.press('Delete for everyone');
  await expect.poll(() => atBob.count(), everySecond).toBe(0);
});

test('a chat is pinned and muted here, its draft is kept, and what is not read is counted', async () => {
  await composer(ann).fill('To be continued');
  await ann.press('Back');
  await ann.page.getByRole('link', { name: /^Bob.*Draft: To be continued/ }).waitFor();
  await write(bob, 'Are you there?');
  await expect.poll(() => ann.page.title(), patience).toContain('(1)');
  await openChat(ann, 'Bob');
  expect(await composer(ann).inputValue()).toBe('To be continued');
  await composer(ann).fill('');
  await message(bob, 'Are you there?').getByText('Read', { exact: true }).waitFor();
  await ann.page.getByRole('link', { name: 'Details of Bob' }).click();
  await ann.press('Pin to the top');
  await ann.press('Mute');
  await ann.press('8 hours');
  await ann.page.getByText(/^Muted until/).waitFor();
  await goTo(ann, '/chats');
  await ann.page.getByRole('link', { name: /^Bob.*Muted.*Pinned/ }).waitFor();
});

test('a message disappears from both sides when its time has come', async () => {
  await openChat(ann, 'Bob');
  await ann.page.getByRole('link', { name: 'Details of Bob' }).click();
  await ann.page.getByRole('button', { name: 'Disappearing messages Off' }).click();
  await ann.press('30 seconds');
  // Who leaves the page before it has said so has changed nothing.
  await ann.page.getByRole('button', { name: 'Disappearing messages 30 seconds' }).waitFor();
  await openChat(ann, 'Bob');
  await bob.page.getByRole('log').getByText('Ann made new messages disappear after 30 seconds').waitFor();
  await write(ann, 'Gone soon');
  await message(bob, 'Gone soon').waitFor();
  await ann.page.getByRole('link', { name: 'Details of Bob' }).click();
  await ann.page.getByRole('button', { name: 'Disappearing messages 30 seconds' }).click();
  await ann.press('Off');
  await ann.page.getByRole('button', { name: 'Disappearing messages Off' }).waitFor();
  await openChat(ann, 'Bob');
  for (const person of [ann, bob])
    await message(person, 'Gone soon').waitFor({ state: 'detached', timeout: 60_000 });
  await goTo(bob, '/chats');
  await bob.page.getByRole('searchbox', { name: 'Search chats and messages' }).fill('gone soon');
  await bob.page.getByText('No message on this device says “gone soon”.').waitFor();
  await bob.page.getByRole('searchbox', { name: 'Search chats and messages' }).fill('meet AT one');
  await bob.page
    .getByRole('link', { name: /Ann.*Meet at one/ })
    .first()
    .click();
  await message(bob, 'Meet at one').first().waitFor();
});

test('a group is written in; whoever is removed reads no more of it', async () => {
  await createGroup(ann, 'Bridge', [bobsId, samsId]);
  await write(ann, 'Who deals?');
  await Promise.all([openChat(bob, 'Bridge'), openChat(sam, 'Bridge')]);
  await Promise.all([message(bob, 'Who deals?').waitFor(), message(sam, 'Who deals?').waitFor()]);
  await write(sam, 'I do');
  await message(bob, 'I do').waitFor();
  await message(ann, 'Who deals?').click({ button: 'right' });
  await ann.press('Pin for everyone');
  await bob.page.getByRole('button', { name: 'Pinned message Who deals?' }).click();
  await bob.page.getByRole('log').getByText('Ann pinned a message').waitFor();
  await bob.press('New poll');
  await bob.page.getByLabel('Question').fill('Again?');
  await bob.page.getByLabel('Option 1').fill('Yes');
  await bob.page.getByLabel('Option 2').fill('No');
  await bob.press('Send poll');
  await message(ann, 'Poll: Again?').getByRole('button', { name: 'Yes 0 votes' }).click();
  await message(bob, 'Poll: Again?').getByRole('button', { name: 'Yes 1 vote' }).waitFor();

  await ann.page.getByRole('link', { name: 'Details of Bridge' }).click();
  await ann.page.getByRole('button', { name: /^Sam/ }).click();
  await ann.press('Remove from the group');
  await ann.page.getByText('Sam was removed').waitFor();
  await sam.page.getByText('You were removed from this group.').waitFor();
  await sam.screenshot('chats-removed');
  await ann.press('Back');
  await write(ann, 'Only the two of us now');
  await message(bob, 'Only the two of us now').waitFor();
  expect(await sam.page.getByText('Only the two of us now').count()).toBe(0);
});

test('a stranger stays at one check, and adds nobody to a group, where only contacts may', async () => {
  await goTo(bob, '/contacts/add');
  await bob.page.getByLabel('Hexkey ID').fill(annsId);
  await bob.press('Find');
  await bob.press('Add');
  await bob.sees('Contacts');
  await goTo(bob, '/settings/account/privacy/conversation');
  for (const question of ['Who can send messages to me', 'Who can add me to groups']) {
    await bob.page.getByRole('group', { name: question }).getByLabel('My contacts').click();
    await bob.page.getByText('Saved').waitFor();
    await bob.page.getByText('Saved').waitFor({ state: 'detached' });
  }
  await goTo(bob, '/chats');

  await goTo(sam, '/chats/new');
  await sam.page.getByLabel('Name or Hexkey ID').fill(bobsId);
  await sam.press('Open chat');
  await sam.sees('Bob');
  await write(sam, 'You do not know me');
  await message(sam, 'You do not know me').getByText('Sent', { exact: true }).waitFor();
  await createGroup(sam, 'Strangers', [annsId, bobsId]);
  await write(sam, 'All of you');
  await openChat(ann, 'Strangers');
  await message(ann, 'All of you').waitFor();

  // What Ann writes after it arrives; the stranger's never did.
  await openChat(ann, 'Bob');
  await write(ann, 'Dinner?');
  await bob.page.getByRole('link', { name: /^Ann.*Dinner/ }).waitFor();
  expect(await bob.page.getByRole('link', { name: /^(?:Sam|Strangers)/ }).count()).toBe(0);
  await openChat(sam, 'Bob');
  await message(sam, 'You do not know me').getByText('Sent', { exact: true }).waitFor();
});

test('with read receipts off nothing says what was read, on either side', async () => {
  await goTo(bob, '/settings/account/privacy');
  const box = bob.page.getByRole('checkbox', { name: 'Read receipts' });
  await expect.poll(() => box.isChecked(), patience).toBe(true);
  await box.click();
  await expect.poll(() => box.isChecked(), patience).toBe(false);
  await openChat(bob, 'Ann');
  await write(ann, 'Did you read this?');
  await message(bob, 'Did you read this?').waitFor();
  await write(bob, 'Guess');
  await message(ann, 'Guess').waitFor();
  await write(ann, 'I did');
  await message(bob, 'I did').waitFor();
  for (const [person, text] of [
    [ann, 'Did you read this?'],
    [bob, 'Guess'],
  ] as const)
    await message(person, text).getByText('Delivered', { exact: true }).waitFor();
});

test('somebody at a command line writes to a browser of the same installation, and reads the answer', async () => {
  const [program] = await bundlePrograms(['apps/cli/src/main.ts']);
  const cli = async (args: readonly string[], input = '') => {
    const env = { PATH: process.env.PATH, HOME: folder.path };
    const run = promisify(execFile)(process.execPath, [program, ...args, '--profile', 'cleo', '--json'], {
      env,
    });
    run.child.stdin?.end(input);
    return JSON.parse((await run).stdout);
  };
  const { publicKey } = operatorKey(join(folder.path, 'data', 'operator.key'), () => new Uint8Array());
  const server = ['--server', hexkey.origin, '--operator-key', toHex(publicKey)];
  const { hexkeyId } = await cli(
    ['register', ...server, '--nobody-can-reset-it', '--pin-stdin'],
    `${pin}\n`.repeat(4),
  );
  const { chatId } = await cli(['chat', 'new', annsId]);
  expect(await cli(['chat', 'send', chatId, '--pin-stdin'], 'From a terminal\n')).toMatchObject({
    state: 'sent',
  });
  await goTo(ann, '/chats/requests');
  await ann.page.getByRole('link', { name: new RegExp(`^${hexkeyId}`) }).click();
  await message(ann, 'From a terminal').waitFor();
  await ann.press('Accept');
  await write(ann, 'To a terminal');
  await message(ann, 'To a terminal').getByText('Sent', { exact: true }).waitFor();
  expect(JSON.stringify(await cli(['chat', 'read', chatId]))).toContain('To a terminal');
});

test('what both sides wrote while one was away for a day arrives once, in order', async () => {
  await openChat(ann, 'Bob');
  await bobsBrowser.setOffline(true);
  await write(bob, 'Unsent since yesterday');
  await message(bob, 'Unsent since yesterday').getByText('Waiting to be sent', { exact: true }).waitFor();
  await bob.page.close();
  await write(ann, 'First of two');
  await message(ann, 'First of two').getByText('Sent', { exact: true }).waitFor();
  await time.moveOn(dayMs, browser);
  await write(ann, 'Second of two');
  await message(ann, 'Second of two').getByText('Sent', { exact: true }).waitFor();
  await bobsBrowser.setOffline(false);
  bob = personAt(await bobsBrowser.newPage());
  await openChat(bob, 'Ann');
  await Promise.all([
    message(bob, 'Second of two').waitFor(),
    message(ann, 'Unsent since yesterday').waitFor(),
  ]);
  const inOrder = await bob.page.getByRole('article', { name: /of two/ }).allInnerTexts();
  expect(inOrder.map((text) => text.split('\n')[0])).toEqual(['First of two', 'Second of two']);
  await expect.poll(() => ann.page.getByRole('article', { name: /since yesterday/ }).count()).toBe(1);
  await ann.page.getByRole('log').getByText('Yesterday', { exact: true }).waitFor();
});

test('a cut connection is taken up again: what both sides wrote meanwhile arrives once, in order', async () => {
  await bobsBrowser.setOffline(true);
  await write(ann, 'Into the tunnel');
  await message(ann, 'Into the tunnel').getByText('Sent', { exact: true }).waitFor();
  await write(bob, 'From the tunnel');
  await message(bob, 'From the tunnel').getByText('Waiting to be sent', { exact: true }).waitFor();
  expect(await bob.page.getByText('Into the tunnel').count()).toBe(0);
  expect(await ann.page.getByText('From the tunnel').count()).toBe(0);
  await bobsBrowser.setOffline(false);
  await Promise.all([message(bob, 'Into the tunnel').waitFor(), message(ann, 'From the tunnel').waitFor()]);
  for (const person of [ann, bob])
    await expect.poll(() => person.page.getByRole('article', { name: /the tunnel/ }).count()).toBe(2);
});

test('a second tab shows and sends the same, also when the first is closed', async () => {
  const second = personAt(await bobsBrowser.newPage());
  await goTo(second, '/chats');
  await openChat(second, 'Ann');
  await write(second, 'From the other tab');
  await message(bob, 'From the other tab').waitFor();
  await message(ann, 'From the other tab').waitFor();
  await bob.page.close();
  bob = second;
  await write(ann, 'Still there?');
  await message(bob, 'Still there?').waitFor();
  await write(bob, 'Still here');
  await message(ann, 'Still here').waitFor();
});

test('the link of a group lets nobody in but by an admin; a new name and picture reach all; who leaves reads no more', async () => {
  await openChat(ann, 'Bridge');
  await ann.page.getByRole('link', { name: 'Details of Bridge' }).click();
  await ann.page.getByRole('link', { name: /^Invite link/ }).click();
  await ann.press('Make a link');
  const link = await ann.page.getByText(/\/g#/).innerText();
  await sam.page.goto(link);
  await sam.page.getByText('You were invited to “Bridge”').waitFor();
  await sam.press('Ask to join');
  await sam.page.getByText('You asked to join “Bridge”').waitFor();
  await sam.press('Done');
  await ann.press('Let in Sam');
  await ann.page.getByText('Nobody asks at the moment.').waitFor();
  await ann.press('Back');
  await ann.press('Name and picture');
  await ann.page.getByLabel('Name of the group').fill('Rubber bridge');
  const picture = { name: 'noise.bmp', mimeType: 'image/bmp', buffer: someBitmap(320, 320) };
  await ann.page.getByLabel('Choose a picture').setInputFiles(picture);
  await ann.page.getByRole('button', { name: 'Remove picture' }).waitFor();
  await ann.press('Save');
  await ann.sees('Rubber bridge');
  for (const person of [sam, bob]) {
    await goTo(person, '/chats');
    const shown = person.page.getByRole('link', { name: /^Rubber bridge/ }).locator('img');
    // Decoded: what arrived is the picture, whole.
    await expect
      .poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth), patience)
      .toBeGreaterThan(0);
    await openChat(person, 'Rubber bridge');
  }
  await openChat(ann, 'Rubber bridge');
  await write(ann, 'Good to have you back');
  await Promise.all([sam, bob].map((person) => message(person, 'Good to have you back').waitFor()));

  await sam.page.getByRole('link', { name: 'Details of Rubber bridge' }).click();
  await sam.press('Leave group');
  await sam.page.getByRole('dialog').getByRole('button', { name: 'Leave group' }).click();
  await sam.page.getByText('You left the group').waitFor();
  await sam.press('Back');
  await ann.page.getByRole('log').getByText('Sam left').waitFor();
  await write(ann, 'Two again');
  await message(bob, 'Two again').waitFor();
  expect(await sam.page.getByText('Two again').count()).toBe(0);
});

test('who lost both devices is back by phone number and PIN: chats go on both ways, the safety number is the same', async () => {
  const digits = await safetyDigits(bob, 'Ann');
  await Promise.all([ann, annsOther].map(({ page }) => page.context().close()));
  await openChat(bob, 'Ann');
  await write(bob, 'Nobody is there to hear this');
  ann = await logInAsAnn();
  await openChat(ann, 'Bob');
  await goOn(ann, bob, 'after the phone');
  expect(await ann.page.getByText('Nobody is there to hear this').count()).toBe(0);
  expect(await safetyDigits(bob, 'Ann')).toBe(digits);
  expect(await safetyDigits(ann, 'Bob')).toBe(digits);
});

test('who lost the only device is back by words and PIN: chats go on both ways, the safety number is the same', async () => {
  const digits = await safetyDigits(ann, 'Bob');
  await bobsBrowser.close();
  bob = await openBrowser();
  await bob.press('Existing account');
  await bob.press('Use a mnemonic phrase');
  await bob.enterWords(bobsWords);
  await bob.press('Log in');
  await bob.sees('Enter your PIN');
  await bob.enterPin(pin);
  await bob.sees('Chats');
  await Promise.all([openChat(ann, 'Bob'), openChat(bob, 'Ann')]);
  await goOn(bob, ann, 'after the words');
  await bob.screenshot('chats-recovered');
  expect(await safetyDigits(ann, 'Bob')).toBe(digits);
  expect(await safetyDigits(bob, 'Ann')).toBe(digits);
});

test('whoever is reported and blocked notices nothing, and nothing of theirs arrives between the two', async () => {
  await goTo(bob, '/contacts');
  const sheet = bob.page.getByRole('dialog');
  await bob.page.getByRole('button', { name: /^Ann/ }).click();
  await sheet.getByRole('button', { name: 'Report' }).click();
  await sheet.getByLabel('Unwanted advertising').check();
  await sheet.getByRole('button', { name: 'Send report' }).click();
  await bob.page.getByText('Your report was sent').waitFor();
  await goTo(bob, '/contacts');
  await bob.page.getByRole('button', { name: /^Ann/ }).click();
  await sheet.getByRole('button', { name: 'Block' }).click();
  await bob.page.getByText('Ann is blocked').waitFor();

  await openChat(ann, 'Bob');
  await write(ann, 'Did I say something?');
  await message(ann, 'Did I say something?').getByText('Sent', { exact: true }).waitFor();
  // What is said in a group of both goes on.
  await openChat(ann, 'Rubber bridge');
  await write(ann, 'Your bid');
  await goTo(bob, '/chats');
  await bob.page.getByRole('link', { name: /^Rubber bridge.*Your bid/ }).waitFor();
  await bob.page.getByRole('link', { name: /^Ann/ }).click();
  await bob.page.getByText('You block this person.').waitFor();
  expect(await bob.page.getByText('Did I say something?').count()).toBe(0);
});

/** Both write in the open conversation, which begins anew on the device of who came back. */
async function goOn(back: Person, other: Person, when: string): Promise<void> {
  await back.page.getByRole('log').getByText('This device joined here.').waitFor();
  await write(other, `Welcome back ${when}`);
  await message(back, `Welcome back ${when}`).waitFor();
  await write(back, `Here I am ${when}`);
  await message(other, `Here I am ${when}`).waitFor();
}

async function answer(person: Person, to: string, text: string): Promise<void> {
  await message(person, to).click({ button: 'right' });
  await person.press('Reply');
  await write(person, text);
}

/** What somebody reads to the other side, from the details of a chat. */
async function safetyDigits(person: Person, name: string): Promise<string> {
  await openChat(person, name);
  await person.page.getByRole('link', { name: `Details of ${name}` }).click();
  await person.page.getByRole('link', { name: /^Safety number/ }).click();
  await person.sees('Safety number');
  const digits = person.page.getByRole('region', { name: 'Sixty digits' });
  await digits.waitFor();
  const text = ((await digits.textContent()) ?? '').trim();
  expect(text).toMatch(/^\d{5}(?: +\d{5}){11}$/);
  return text;
}

/** From the list of chats, where it may still be on its way. */
async function openChat(person: Person, name: string): Promise<void> {
  if (new URL(person.page.url()).pathname !== '/chats') await goTo(person, '/chats');
  await person.page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
  await composer(person).waitFor();
}

async function openBrowser(): Promise<Person> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await time.bring(context);
  const person = personAt(await context.newPage());
  await person.page.goto(hexkey.origin);
  return person;
}

async function goTo(person: Person, path: string): Promise<void> {
  await person.page.goto(new URL(path, hexkey.origin).href);
}

async function registerAnn(): Promise<void> {
  await ann.press('Create account');
  await ann.press('Use a phone number');
  await receiveCode(ann, annsPhone);
  await becomeSomebody(ann, 'Ann');
}

/** A browser that has never seen Hexkey, with Ann's number and PIN. */
async function logInAsAnn(): Promise<Person> {
  const person = await openBrowser();
  await person.press('Existing account');
  await person.press('Use a phone number');
  await receiveCode(person, annsPhone);
  await person.enterPin(pin);
  await person.sees('Chats');
  return person;
}

async function registerWithWords(person: Person, name: string): Promise<readonly string[]> {
  await person.press('Create account');
  await person.press('Use a mnemonic phrase');
  await person.press('Continue');
  return becomeSomebody(person, name);
}

/** @returns the words */
async function becomeSomebody(person: Person, name: string): Promise<readonly string[]> {
  await person.sees('Set your PIN');
  await person.setPin(pin);
  await person.sees('Your 13 words');
  await person.press('Save now');
  const words = await person.readWords();
  await person.press('Done');
  await person.page.getByLabel('Name').fill(name);
  await person.press('Continue');
  await person.sees('Chats');
  return words;
}

async function idOnProfile(person: Person): Promise<string> {
  await goTo(person, '/profile');
  const id = person.page.getByText(/^\d{9}$/).first();
  await id.waitFor();
  return id.innerText();
}

async function receiveCode(person: Person, number: string): Promise<void> {
  const count = (await hexkey.messages()).length;
  await person.enterPhone(number);
  await person.enterCode(await hexkey.codeFor(number, count));
}
