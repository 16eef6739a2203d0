import { type Browser, type BrowserContext, launchChromium } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, type RunningHexkey, startHexkey, temporaryFolder } from './harness.ts';
import { type Person, personAt } from './person.ts';

/**
 * The messenger in Chromium over a whole Hexkey: Ann with two devices, Bob, and Sam, whom Bob never adds. The tests tell one
 * story, in order.
 */
const pin = '492713';
const annsPhone = '+12025550143';
const patience = { timeout: 30_000 };
const everySecond = { timeout: 30_000, interval: 1000 };
const folder = temporaryFolder();
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

beforeAll(async () => {
  const port = await freePort();
  [browser, hexkey] = await Promise.all([launchChromium(), startHexkey(folder.path, port)]);
});
afterAll(async () => {
  await browser?.close();
  await hexkey?.stop();
  folder.remove();
});

test('three people register, and one of them logs in on a second device', async () => {
  [ann, bob, sam] = [await openBrowser(), await openBrowser(), await openBrowser()];
  bobsBrowser = bob.page.context();
  await Promise.all([registerAnn(), registerWithWords(bob, 'Bob'), registerWithWords(sam, 'Sam')]);
  [annsId, bobsId, samsId] = [await idOnProfile(ann), await idOnProfile(bob), await idOnProfile(sam)];
  annsOther = await openBrowser();
  await annsOther.press('Existing account');
  await annsOther.press('Use a phone number');
  await receiveCode(annsOther, annsPhone);
  await annsOther.enterPin(pin);
  await annsOther.sees('Chats');
});

test('text goes both ways, with an answer that quotes, and reaches the other device of its writer', async () => {
  await Promise.all([goTo(ann, '/chats/new'), goTo(bob, '/chats')]);
  await ann.page.getByLabel('Name or Hexkey ID').fill(bobsId);
  await ann.press('Open chat');
  await ann.sees('Bob');
  await write(ann, 'Good morning, Bob');
  await bob.page.getByRole('link', { name: /^Ann.*1 unread message/ }).click();
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

test('a group is written in; whoever is removed reads no more of it', async () => {
  await goTo(ann, '/chats/new-group');
  await ann.page.getByLabel('Name of the group').fill('Bridge');
  for (const id of [bobsId, samsId]) {
    await ann.page.getByLabel('Name or Hexkey ID').fill(id);
    const chip = ann.page.getByRole('button', { name: `Add ${id}` });
    const row = ann.page.getByRole('checkbox', { name: new RegExp(id) });
    await chip.or(row).first().click();
    await ann.page.getByLabel('Name or Hexkey ID').fill('');
  }
  await ann.page.getByText('2 people chosen').waitFor();
  await ann.press('Create group');
  await ann.sees('Bridge');
  await write(ann, 'Who deals?');
  await Promise.all([openChat(bob, 'Bridge'), openChat(sam, 'Bridge')]);
  await Promise.all([message(bob, 'Who deals?').waitFor(), message(sam, 'Who deals?').waitFor()]);
  await write(sam, 'I do');
  await message(bob, 'I do').waitFor();

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

test('a stranger stays at one check and is never seen by who takes messages from contacts only', async () => {
  await goTo(bob, '/contacts/add');
  await bob.page.getByLabel('Hexkey ID').fill(annsId);
  await bob.press('Find');
  await bob.press('Add');
  await bob.sees('Contacts');
  await goTo(bob, '/settings/account/privacy/conversation');
  const choice = bob.page.getByRole('group', { name: 'Who can send messages to me' });
  await choice.getByLabel('My contacts').click();
  await bob.page.getByText('Saved').waitFor();
  await goTo(bob, '/chats');

  await goTo(sam, '/chats/new');
  await sam.page.getByLabel('Name or Hexkey ID').fill(bobsId);
  await sam.press('Open chat');
  await sam.sees('Bob');
  await write(sam, 'You do not know me');
  await message(sam, 'You do not know me').getByText('Sent', { exact: true }).waitFor();

  // What Ann writes after it arrives; the stranger's never did.
  await openChat(ann, 'Bob');
  await write(ann, 'Dinner?');
  await bob.page.getByRole('link', { name: /^Ann.*Dinner/ }).waitFor();
  expect(await bob.page.getByRole('link', { name: /^Sam/ }).count()).toBe(0);
  expect(await message(sam, 'You do not know me').getByText('Sent', { exact: true }).count()).toBe(1);
});

test('what is written while nobody of a side is there waits for them, in order', async () => {
  await bob.page.close();
  await write(ann, 'First of two');
  await write(ann, 'Second of two');
  await message(ann, 'Second of two').getByText('Sent', { exact: true }).waitFor();
  bob = personAt(await bobsBrowser.newPage());
  await openChat(bob, 'Ann');
  await message(bob, 'Second of two').waitFor();
  const inOrder = await bob.page.getByRole('article', { name: /of two/ }).allInnerTexts();
  expect(inOrder.map((text) => text.split('\n')[0])).toEqual(['First of two', 'Second of two']);
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
    expect(await person.page.getByRole('article', { name: /the tunnel/ }).count()).toBe(2);
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

test('the link of a group lets nobody in but by an admin; a new name reaches all; who leaves reads no more', async () => {
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
  await ann.press('Save');
  await ann.sees('Rubber bridge');
  await Promise.all([openChat(sam, 'Rubber bridge'), openChat(bob, 'Rubber bridge')]);
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

const composer = (person: Person) => person.page.getByRole('textbox', { name: 'Message', exact: true });
const message = (person: Person, text: string) => person.page.getByRole('article', { name: text }).last();

async function write(person: Person, text: string): Promise<void> {
  await composer(person).fill(text);
  await composer(person).press('Enter');
  await message(person, text).waitFor();
}

async function answer(person: Person, to: string, text: string): Promise<void> {
  await message(person, to).click({ button: 'right' });
  await person.press('Reply');
  await write(person, text);
}

/** From the list of chats, where it may still be on its way. */
async function openChat(person: Person, name: string): Promise<void> {
  if (new URL(person.page.url()).pathname !== '/chats') await goTo(person, '/chats');
  await person.page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
  await composer(person).waitFor();
}

async function openBrowser(): Promise<Person> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
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

async function registerWithWords(person: Person, name: string): Promise<void> {
  await person.press('Create account');
  await person.press('Use a mnemonic phrase');
  await person.press('Continue');
  await becomeSomebody(person, name);
}

async function becomeSomebody(person: Person, name: string): Promise<void> {
  await person.sees('Set your PIN');
  await person.setPin(pin);
  await person.sees('Your 13 words');
  await person.press('Later');
  await person.page.getByLabel('Name').fill(name);
  await person.press('Continue');
  await person.sees('Chats');
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
