import type { Page } from '@hexkey/testing';
import { expect, test } from 'vitest';
import { fakeGroupLink } from '../apps/web/src/testing/fake-chats.ts';
import { fakeChatIds } from '../apps/web/src/testing/some-chats.ts';
import { pathOf, press, useFakeWeb } from './fake-web.ts';

/** Conversations from page to page, over the in-memory SDK. */
const { inBrowser, origin } = useFakeWeb();

const at = (name: keyof typeof fakeChatIds, below = '', scenario = 'chats') =>
  `/chats/${fakeChatIds[name]}${below}?at=home&scenario=${scenario}`;
const patience = { timeout: 60_000 };
const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const composer = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true });
const message = (page: Page, text: string) => page.getByRole('article', { name: text });
const unreadIn = (page: Page, name: string) =>
  page.getByRole('link', { name }).getByText('unread message').count();

test('a message is written, sent, delivered, read and answered, and the keyboard alone is enough', () =>
  inBrowser('/chats?at=home&scenario=chats', async (page) => {
    await page.getByRole('link', { name: /^Grace Hopper/ }).press('Enter');
    await composer(page).waitFor();
    // The field has the focus: typing needs no click.
    await page.keyboard.type('Line one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('line two');
    await page.keyboard.press('Enter');
    const sent = message(page, 'Line one line two');
    await sent.getByText('Read', { exact: true }).waitFor();
    await expect.poll(() => sent.getByText('Line one\nline two').count()).toBe(1);
    expect(await composer(page).inputValue()).toBe('');
    await page.getByRole('main').getByText('Typing…').waitFor();
    await message(page, 'Understood.').waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: 'Grace Hopper: Understood.' })
      .waitFor({ state: 'attached' });
  }));

test('what is written while a message is being sent is sent after it, and nothing of it is lost', () =>
  inBrowser(at('grace'), async (page) => {
    await composer(page).waitFor();
    // Faster than any page can keep them: each Enter comes while earlier ones are on their way.
    const texts = Array.from({ length: 12 }, (_, number) => `Number ${number + 1}.`);
    for (const text of texts) {
      await composer(page).fill(text);
      await composer(page).press('Enter');
    }
    await message(page, 'Number 12.').waitFor();
    const said = await page.getByRole('article', { name: /Number \d+\./ }).allInnerTexts();
    expect(said.map((text) => /Number \d+\./.exec(text)?.[0])).toEqual(texts);
    expect(await composer(page).inputValue()).toBe('');
    // Typed in the very moment after Enter, before anything can have been kept.
    await composer(page).fill('Number 13.');
    await page.evaluate(`{
      const field = document.querySelector('textarea');
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(field, 'Number 14.');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }`);
    await message(page, 'Number 13.').waitFor();
    expect(await composer(page).inputValue()).toBe('Number 14.');
  }));

test('arrows move from message to message, Enter opens what can be done with one, Escape closes it again', () =>
  inBrowser(at('grace'), async (page) => {
    await composer(page).press('ArrowUp');
    const focused = () => page.evaluate<string>('document.activeElement.getAttribute("aria-label")');
    await expect.poll(focused).toContain('And one more thing.');
    await page.keyboard.press('ArrowUp');
    await expect.poll(focused).toContain('It is easier to ask forgiveness');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(focused).toContain('It is easier to ask forgiveness');
    await page.keyboard.press('End');
    await expect.poll(focused).toContain('And one more thing.');
  }));

test('an answer quotes what it answers, and leads there', () =>
  inBrowser(at('grace'), async (page) => {
    await message(page, 'It is easier').click({ button: 'right' });
    await press(page, 'Reply');
    await page.getByText('Reply to Grace Hopper').waitFor();
    await page.keyboard.type('And quicker.');
    await page.keyboard.press('Enter');
    await page.getByText('Reply to Grace Hopper').waitFor({ state: 'detached' });
    await message(page, 'And quicker.')
      .getByRole('button', { name: /Grace Hopper It is easier/ })
      .click();
    await expect
      .poll(() => page.evaluate<string>('document.activeElement.getAttribute("aria-label")'))
      .toContain('It is easier');
  }));

test('a reaction is given, counted, replaced and taken back; what is no emoji is none', () =>
  inBrowser(at('grace'), async (page) => {
    const target = message(page, 'And one more thing.');
    await target.click({ button: 'right' });
    await press(page, 'React with 👍');
    const chip = (emoji: string) => target.getByRole('button', { name: `${emoji}, 1 person: You` });
    await chip('👍').waitFor();
    await target.click({ button: 'right' });
    await page.getByLabel('Another emoji').fill('a');
    await page.keyboard.press('Enter');
    await page.getByText('Enter exactly one emoji.').waitFor();
    await page.getByLabel('Another emoji').fill('🦉');
    await page.keyboard.press('Enter');
    await chip('🦉').click();
    await chip('🦉').waitFor({ state: 'detached' });
    expect(await chip('👍').count()).toBe(0);
  }));

test('a message is deleted for everyone where that is allowed, and only for me where it is not', () =>
  inBrowser(at('grace'), async (page) => {
    await message(page, 'And one more thing.').click({ button: 'right' });
    await press(page, 'Delete');
    expect(await page.getByRole('button', { name: 'Delete for everyone' }).count()).toBe(0);
    await press(page, 'Delete for me');
    await message(page, 'And one more thing.').waitFor({ state: 'detached' });
    const deleted = page.getByText('This message was deleted');
    const before = await deleted.count();
    await message(page, 'On its way').click({ button: 'right' });
    await press(page, 'Delete');
    await press(page, 'Delete for everyone');
    await message(page, 'On its way').waitFor({ state: 'detached' });
    expect(await deleted.count()).toBe(before + 1);
  }));

test('whoever writes for the first time asks, and once taken is in a chat like others', () =>
  inBrowser('/chats?at=home&scenario=chats', async (page) => {
    const requests = page.getByRole('link', { name: /^Message requests.*1 person wants to write to you/ });
    await requests.click();
    await page.getByRole('link', { name: /^Emmy Noether/ }).click();
    await message(page, 'We met at the seminar.').click({ button: 'right' });
    await page.getByRole('dialog').waitFor();
    // Nothing is sent to them by the way.
    await expect.poll(() => page.getByRole('button', { name: 'Reply', exact: true }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await press(page, 'Report');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await press(page, 'Accept');
    await composer(page).waitFor();
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByRole('link', { name: /^Emmy Noether/ }).waitFor();
    await requests.waitFor({ state: 'detached' });
  }));

test('a text is changed, and said again in another conversation', () =>
  inBrowser(at('grace'), async (page) => {
    await composer(page).fill('Meet at noon');
    await page.keyboard.press('Enter');
    await message(page, 'Meet at noon').click({ button: 'right' });
    await press(page, 'Edit');
    await page.getByRole('textbox', { name: 'New text' }).fill('Meet at one');
    await press(page, 'Save');
    await message(page, 'Meet at one').getByText('edited', { exact: true }).waitFor();
    expect(await message(page, 'Meet at noon').count()).toBe(0);
    await message(page, 'And one more thing.').click({ button: 'right' });
    expect(await page.getByRole('button', { name: 'Edit', exact: true }).count()).toBe(0);
    await press(page, 'Forward');
    await page.getByRole('dialog').getByRole('button', { name: 'Chess by Post' }).click();
    await page.getByText('Forwarded to Chess by Post').waitFor();
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByRole('link', { name: /^Chess by Post/ }).click();
    await message(page, 'And one more thing.').getByText('Forwarded', { exact: true }).waitFor();
  }));

test('a pinned message stands above the conversation and leads to itself', () =>
  inBrowser(at('grace'), async (page) => {
    await page.getByRole('button', { name: 'Show older messages' }).scrollIntoViewIfNeeded();
    await message(page, 'Line 10 of').click({ button: 'right' });
    await press(page, 'Pin for everyone');
    const banner = page.getByRole('button', { name: /^Pinned message Line 10 of/ });
    await page.getByRole('button', { name: 'Scroll to the newest message' }).click();
    await banner.click();
    await expect
      .poll(() => page.evaluate<string>('document.activeElement.getAttribute("aria-label")'))
      .toContain('Line 10 of');
    await message(page, 'Line 10 of').click({ button: 'right' });
    await press(page, 'Unpin for everyone');
    await banner.waitFor({ state: 'detached' });
  }));

test('messages are made to disappear for everybody, and say so', () =>
  inBrowser(at('grace', '/details'), async (page) => {
    await page.getByRole('button', { name: 'Disappearing messages Off' }).click();
    await press(page, '10 minutes');
    await page.getByRole('button', { name: 'Disappearing messages 10 minutes' }).waitFor();
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByRole('log').getByText('You made new messages disappear after 10 minutes').waitFor();
    await composer(page).fill('Burn after reading');
    await page.keyboard.press('Enter');
    await message(page, 'Burn after reading').getByText('Disappears 10 minutes after').waitFor();
  }));

test('what is opened has been read: the mark stays where reading began, the count goes', () =>
  inBrowser('/chats?at=home&scenario=chats', async (page) => {
    await page
      .getByRole('link', { name: /^Grace Hopper/ })
      .getByText('2 unread messages')
      .waitFor();
    expect(await page.title()).toBe('(4) Chats · Hexkey');
    await page.getByRole('link', { name: /^Grace Hopper/ }).click();
    await page.getByText('New messages', { exact: true }).waitFor();
    await expect.poll(() => page.title(), patience).toBe('(2) Grace Hopper · Hexkey');
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByRole('heading', { name: 'Chats' }).waitFor();
    expect(await unreadIn(page, 'Grace Hopper')).toBe(0);
  }));

test('a draft is kept when the conversation is left, and shown in the list', () =>
  inBrowser(at('group'), async (page) => {
    await composer(page).fill('Rook takes');
    await page.getByRole('link', { name: 'Back' }).click();
    await page
      .getByRole('link', { name: /Alan Turing/ })
      .last()
      .click();
    expect(await composer(page).inputValue()).toBe('I propose to consider the question');
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByRole('link', { name: /^Chess by Post/ }).click();
    expect(await composer(page).inputValue()).toBe('Rook takes');
  }));

test('older messages come when they are scrolled to, and what is read stays where it is', () =>
  inBrowser(at('grace'), async (page) => {
    const rows = page.locator('[data-message]');
    await rows.first().waitFor();
    const before = await rows.count();
    const earliest = message(page, (await rows.first().getAttribute('aria-label')) ?? '').first();
    await page.getByRole('button', { name: 'Show older messages' }).scrollIntoViewIfNeeded();
    await expect.poll(() => rows.count(), patience).toBeGreaterThan(before);
    const { y = -1 } = (await earliest.boundingBox()) ?? {};
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(844);
    await page.getByRole('button', { name: 'Scroll to the newest message' }).click();
    await message(page, 'And one more thing.').waitFor();
    await page.getByRole('button', { name: 'Scroll to the newest message' }).waitFor({ state: 'detached' });
  }));

test('without a network messages wait with a clock, and one that failed is sent again', () =>
  inBrowser(at('grace', '', 'chats-offline'), async (page) => {
    await composer(page).fill('Later then');
    await page.keyboard.press('Enter');
    await message(page, 'Later then').getByText('Waiting to be sent').waitFor();
    await message(page, 'No network').getByRole('button', { name: 'Send again' }).click();
    await message(page, 'No network').getByText('Waiting to be sent').waitFor();
  }));

test('a contact card opens a conversation, and what it offers depends on who is a contact', () =>
  inBrowser(at('group'), async (page) => {
    await press(page, 'Send a contact card');
    await page.getByRole('button', { name: /Emmy Noether/ }).click();
    const card = message(page, 'Contact: Emmy Noether');
    await card.getByRole('button', { name: 'Open chat' }).waitFor();
    expect(await card.getByRole('button', { name: 'Add to contacts' }).count()).toBe(0);
    await card.getByRole('button', { name: 'Open chat' }).click();
    await page.getByRole('heading', { name: 'Emmy Noether' }).waitFor();
  }));

test('a poll is asked, answered, and the answer taken back', () =>
  inBrowser(at('group'), async (page) => {
    await press(page, 'New poll');
    await page.getByLabel('Question').fill('White or black?');
    await page.getByLabel('Option 1').fill('White');
    await page.getByLabel('Option 2').fill('Black');
    await page.getByLabel('Option 3').waitFor();
    await press(page, 'Send poll');
    const poll = message(page, 'Poll: White or black?');
    await poll.getByRole('button', { name: 'White 0 votes' }).click();
    await poll.getByRole('button', { name: 'White 1 vote' }).waitFor();
    await poll.getByRole('button', { name: 'Black 0 votes' }).click();
    await poll.getByRole('button', { name: 'White 0 votes' }).waitFor();
    await poll.getByRole('button', { name: 'Black 1 vote', pressed: true }).click();
    await poll.getByText('0 people voted').waitFor();
  }));

test('files are sent: a picture is looked at, anything else saved, and what is too large is refused', () =>
  inBrowser(at('grace'), async (page) => {
    await composer(page).waitFor();
    const field = page.locator('input[type=file]');
    await field.setInputFiles([
      { name: 'Engine.png', mimeType: 'image/png', buffer: Buffer.from(onePixel, 'base64') },
      { name: 'Notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Note G') },
    ]);
    const notes = message(page, 'File: Notes.txt');
    await notes.getByText('Read', { exact: true }).waitFor(patience);
    await notes.getByText('6 byte').waitFor();
    const saved = page.waitForEvent('download');
    await notes.getByRole('button', { name: 'Save' }).click();
    expect((await saved).suggestedFilename()).toBe('Notes.txt');
    await press(page, 'Open picture Engine.png');
    await page.getByRole('dialog').getByRole('img', { name: 'Engine.png' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.evaluate(`{
      const huge = new File([], 'Huge.iso');
      Object.defineProperty(huge, 'size', { value: 100 * 1024 * 1024 + 1 });
      const field = document.querySelector('input[type=file]');
      Object.defineProperty(field, 'files', { configurable: true, value: [huge] });
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }`);
    await page.getByRole('alert').getByText('This file is too large').waitFor();
  }));

test('what was said is found, and leads to its place', () =>
  inBrowser('/chats?at=home&scenario=chats', async (page) => {
    const field = page.getByRole('searchbox', { name: 'Search chats and messages' });
    await field.fill('no such thing');
    await page.getByText('No message on this device says “no such thing”.').waitFor();
    await field.fill('line 7 OF');
    const found = page.getByRole('region', { name: 'Messages on this device' });
    await found.getByRole('link', { name: /Grace Hopper.*Line 7 of the compiler/ }).click();
    const focused = () => page.evaluate<string>('document.activeElement.getAttribute("aria-label")');
    await expect.poll(focused, patience).toContain('Line 7 of the compiler');
  }));

test('a chat is found by name, pinned, muted for a while, and cleared after a question', () =>
  inBrowser('/chats?at=home&scenario=chats', async (page) => {
    await page.getByRole('searchbox', { name: 'Search chats' }).fill('alan');
    expect(await page.getByRole('link', { name: /Grace Hopper/ }).count()).toBe(0);
    await page.getByRole('link', { name: /Alan Turing/ }).click();
    await page.getByRole('link', { name: 'Details of Alan Turing' }).click();
    await press(page, 'Pin to the top');
    await page.getByRole('button', { name: 'Unpin' }).waitFor();
    await press(page, 'Mute');
    await press(page, '8 hours');
    await page.getByText(/^Muted until/).waitFor();
    await press(page, 'Clear conversation');
    await page.getByRole('dialog').getByRole('button', { name: 'Clear conversation' }).click();
    await page.getByText('Conversation cleared').waitFor();
    expect(pathOf(page)).toBe('/chats');
    expect(await page.getByRole('link', { name: /^Alan Turing/ }).count()).toBe(0);
  }));

test('a new chat begins with a Hexkey ID, and an unknown one is refused', () =>
  inBrowser('/chats?at=home&scenario=chats', async (page) => {
    await page.getByRole('link', { name: 'New chat' }).press('Enter');
    await page.getByRole('heading', { name: 'New chat' }).waitFor();
    await page.keyboard.type('6022 1408');
    await page.keyboard.press('Enter');
    await page.getByText('Code 404').waitFor();
    await page.getByLabel('Name or Hexkey ID').fill('16180339');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '16180339' }).waitFor();
    await page.getByRole('log').getByText('end-to-end encrypted').waitFor();
  }));

test('a group is made, renamed, gets an admin and loses a member; its owner hands it over before leaving', () =>
  inBrowser('/chats/new-group?at=home&scenario=chats', async (page) => {
    await page.getByLabel('Name of the group').fill('Four colours');
    await page.getByRole('checkbox', { name: /Emmy Noether/ }).check();
    await page.getByLabel('Name or Hexkey ID').fill('66260701');
    await press(page, 'Add 66260701');
    await press(page, 'Create group');
    await page.getByRole('log').getByText('You created the group').waitFor();
    await page.getByRole('link', { name: 'Details of Four colours' }).click();
    await press(page, 'Name and picture');
    await page.getByLabel('Name of the group').fill('Five colours');
    await press(page, 'Save');
    await page.getByRole('heading', { name: 'Five colours' }).waitFor();
    await page.getByRole('button', { name: /^Emmy Noether/ }).click();
    await press(page, 'Remove from the group');
    await page.getByText('Emmy Noether was removed').waitFor();
    await page.getByText('You own this group.').waitFor();
    await page.getByRole('button', { name: /^Alan Turing/ }).click();
    await press(page, 'Make owner');
    await page.getByRole('dialog').getByRole('button', { name: 'Make owner' }).click();
    await press(page, 'Leave group');
    await page.getByRole('dialog').getByRole('button', { name: 'Leave group' }).click();
    await page.getByText('You left the group').waitFor();
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByText('You left this group.').waitFor();
    expect(await composer(page).count()).toBe(0);
  }));

test('who asks to join is let in by an admin, and people are added from the details', () =>
  inBrowser(at('group', '/details'), async (page) => {
    await page.getByRole('link', { name: /1 person asks to join/ }).click();
    await press(page, 'Let in Emmy Noether');
    await page.getByText('Nobody asks at the moment.').waitFor();
    await page.getByRole('link', { name: 'Back' }).click();
    await page.getByRole('button', { name: /^Emmy Noether/ }).waitFor();
    await page.getByRole('link', { name: 'Add people' }).click();
    await page.getByRole('checkbox', { name: /Katherine Johnson/ }).check();
    await press(page, 'Add to the group');
    await page.getByRole('button', { name: /^Katherine Johnson/ }).waitFor();
  }));

test('the link of a group leaves the address at once, survives until it is answered, and is answered once', () =>
  inBrowser(`/g?at=home&scenario=chats${new URL(fakeGroupLink).hash}`, async (page) => {
    await page.getByText('You were invited to “Chess by Post”.').waitFor();
    expect(page.url()).not.toContain('#');
    await page.goto(`${origin()}/unlock?at=home&scenario=chats`);
    await press(page, 'Ask to join');
    await page.getByText('You asked to join “Chess by Post”.').waitFor();
    await press(page, 'Done');
    await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
    expect(await page.evaluate('Object.keys(sessionStorage)')).toEqual(['hexkey/v1/own-seat']);
  }));

test('the link of a group that is pasted leads where an opened one does', () =>
  inBrowser('/chats/new?at=home&scenario=chats', async (page) => {
    await page.getByLabel('Name or Hexkey ID').fill(` ${fakeGroupLink} `);
    await page.keyboard.press('Enter');
    await page.getByText('You were invited to “Chess by Post”.').waitFor();
    await press(page, 'Not now');
    await page.getByRole('heading', { name: 'Chats', exact: true }).waitFor();
  }));

test('an address in a message opens elsewhere and tells nobody where it was read', () =>
  inBrowser(at('grace'), async (page) => {
    const link = page.getByRole('link', { name: /^https:\/\/hexkey\.example\/log/ });
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(await link.getAttribute('target')).toBe('_blank');
  }));

test('read receipts are turned off and stay off', () =>
  inBrowser('/settings/account/privacy?at=home', async (page) => {
    const box = page.getByRole('checkbox', { name: 'Read receipts' });
    await expect.poll(() => box.isChecked(), patience).toBe(true);
    await box.click();
    await expect.poll(() => box.isChecked(), patience).toBe(false);
    await page.getByRole('link', { name: 'Blocked' }).first().click();
    await page.getByRole('link', { name: 'Back' }).click();
    expect(await box.isChecked()).toBe(false);
  }));
