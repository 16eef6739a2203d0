import type { Page } from '@hexkey/testing';
import { fakeChatIds } from '../apps/web/src/testing/some-chats.ts';
import type { Look } from './screen-looks.ts';

const ofPerson = ['/chats/$chatId', '/chats/$chatId/safety'];

/** Where pages of a conversation are looked at: those of a group in one, the others with a person. */
export const addressOf = (path: string) =>
  path
    .replace('$chatId', ofPerson.includes(path) ? fakeChatIds.grace : fakeChatIds.group)
    .replace('$collectionId', 'mnemonic-phrases')
    .replace('$articleId', 'key-shards');

const query = { at: 'home', scenario: 'chats' } as const;
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const chat = (name: keyof typeof fakeChatIds, below = '') => `/chats/${fakeChatIds[name]}${below}`;

/** Opens the sheet of the message that says something. */
async function askAbout(page: Page, text: string): Promise<void> {
  await page.getByRole('article', { name: text }).click({ button: 'right' });
  await page.getByRole('dialog').waitFor();
}

/** Why nothing is sent, by what is said of it in the place of the composer. */
const obstacles = {
  joining: 'This device is joining the conversation.',
  'awaiting-readd': 'Your own security code changed',
  unchecked: 'This device could not check who is in this conversation',
  removed: 'You were removed from this group.',
  closed: 'This conversation was closed on this device',
  blocked: 'You block this person.',
  deleted: 'This account was deleted.',
};
const obstacleLooks: Readonly<Record<string, Look>> = Object.fromEntries(
  Object.entries(obstacles).map(([obstacle, words]) => [
    `chat-${obstacle}`,
    {
      path: `/chats/${obstacle}`,
      query: { at: 'home', scenario: 'chats-obstacles' },
      reach: (page) => page.getByText(words).waitFor(),
    } satisfies Look,
  ]),
);

/** Looks of conversations and groups. */
export const chatLooks: Readonly<Record<string, Look>> = {
  ...obstacleLooks,
  'chats-obstacles': {
    path: '/chats',
    query: { at: 'home', scenario: 'chats-obstacles' },
    reach: (page) => page.getByRole('link', { name: /^Chess by Post/ }).waitFor(),
  },
  'chat-changed-in-group': {
    path: chat('changedGroup'),
    query,
    reach: (page) => page.getByText('The security code of Katherine Johnson changed').last().waitFor(),
  },
  'chats-full': {
    path: '/chats',
    query,
    reach: (page) => page.getByText('Alan Turing is typing…').first().waitFor(),
  },
  'chat-request': {
    path: chat('request'),
    query,
    reach: (page) => page.getByText('Emmy Noether is not among your contacts').waitFor(),
  },
  'chat-requests-none': {
    path: '/chats/requests',
    query: { at: 'home' },
    reach: (page) => page.getByText('No requests').waitFor(),
  },
  'chats-none-found': {
    path: '/chats',
    query,
    async reach(page) {
      await page.getByRole('searchbox', { name: 'Search chats' }).fill('nobody at all');
      await page.getByText('No chat is called “nobody at all”.').waitFor();
    },
  },
  'chats-failed': {
    path: '/chats',
    query: { at: 'home', scenario: 'chats-fail' },
    reach: (page) => page.getByRole('button', { name: 'Retry' }).first().waitFor(),
  },
  'chat-group': {
    path: chat('group'),
    query,
    reach: (page) => page.getByText('Nf3. Your move, everybody.').last().waitFor(),
  },
  'chat-older': {
    path: chat('grace'),
    query,
    async reach(page) {
      await page.getByRole('article', { name: 'It was a moth' }).scrollIntoViewIfNeeded();
      await page.getByRole('button', { name: 'Scroll to the newest message' }).waitFor();
    },
  },
  'chat-message-sheet': {
    path: chat('grace'),
    query,
    reach: (page) => askAbout(page, 'And one more thing.'),
  },
  'chat-message-sheet-emoji': {
    path: chat('grace'),
    query,
    async reach(page) {
      await askAbout(page, 'And one more thing.');
      await page.getByLabel('Another emoji').fill('no');
      await press(page, 'React');
      await page.getByText('Enter exactly one emoji.').waitFor();
    },
  },
  'chat-delete-sheet': {
    path: chat('grace'),
    query,
    async reach(page) {
      await askAbout(page, 'On its way');
      await press(page, 'Delete');
      await page.getByText('Delete this message?').waitFor();
    },
  },
  'chat-reply': {
    path: chat('grace'),
    query,
    async reach(page) {
      await askAbout(page, 'It is easier');
      await press(page, 'Reply');
      await page.getByLabel('Message', { exact: true }).fill('One line\nand another\nand a third');
      await page.getByText('Reply to Grace Hopper').waitFor();
    },
  },
  'chat-contact-to-send': {
    path: chat('grace'),
    query,
    async reach(page) {
      await press(page, 'Send a contact card');
      await page.getByRole('button', { name: /Emmy Noether/ }).waitFor();
    },
  },
  'chats-pin-needed': {
    path: '/chats',
    query: { at: 'home', scenario: 'chats-pin-needed' },
    async reach(page) {
      await press(page, 'Enter PIN');
      await page.getByRole('dialog').waitFor();
    },
  },
  'chats-no-place': {
    path: '/chats',
    query: { at: 'home', scenario: 'chats-no-place' },
    reach: (page) => page.getByRole('button', { name: 'See devices' }).waitFor(),
  },
  'safety-changed': {
    path: chat('changed', '/safety'),
    query,
    reach: (page) => page.getByRole('button', { name: 'Go on without comparing' }).waitFor(),
  },
  'person-reporting': {
    path: chat('grace', '/details'),
    query,
    async reach(page) {
      await press(page, 'Report');
      await page.getByRole('dialog').waitFor();
    },
  },
  'chat-security-code-changed': {
    path: chat('changed'),
    query,
    reach: (page) => page.getByText('Nothing is sent until').waitFor(),
  },
  'chat-left': {
    path: chat('left'),
    query,
    reach: (page) => page.getByText('You left this group.').waitFor(),
  },
  'chat-gone': {
    path: '/chats/99999999-9999-4999-8999-999999999999',
    query,
    reach: (page) => page.getByText('This conversation is not on this device').waitFor(),
  },
  'chat-details-person': {
    path: chat('grace', '/details'),
    query,
    reach: (page) => page.getByText('60221407').last().waitFor(),
  },
  'chat-details-mute': {
    path: chat('grace', '/details'),
    query,
    async reach(page) {
      await press(page, 'Mute');
      await page.getByRole('dialog').waitFor();
    },
  },
  'chat-details-clear': {
    path: chat('grace', '/details'),
    query,
    async reach(page) {
      await press(page, 'Clear conversation');
      await page.getByText('Clear this conversation?').waitFor();
    },
  },
  'group-member': {
    path: chat('group', '/details'),
    query,
    async reach(page) {
      await page.getByRole('button', { name: /^Alan Turing/ }).click();
      await press(page, 'Make owner');
      await page.getByText('Make Alan Turing the owner?').waitFor();
    },
  },
  'group-profile': {
    path: chat('group', '/details'),
    query,
    reach: (page) => press(page, 'Name and picture'),
  },
  'group-link-made': {
    path: chat('group', '/link'),
    query,
    async reach(page) {
      await press(page, 'Make a link');
      await page.getByRole('img', { name: 'QR code of the invite link' }).locator('path').waitFor();
    },
  },
  'group-invite-asked': {
    path: '/group-invite',
    query: { at: 'home', needs: 'group-invite' },
    async reach(page) {
      await press(page, 'Ask to join');
      await page.getByText('You asked to join').waitFor();
    },
  },
  'new-chat-contacts': {
    path: '/chats/new',
    query,
    async reach(page) {
      await page.getByLabel('Name or Hexkey ID').fill('60221407');
      await page.getByRole('button', { name: 'Open chat' }).waitFor();
    },
  },
  'new-group-chosen': {
    path: '/chats/new-group',
    query,
    async reach(page) {
      await page.getByLabel('Name of the group').fill('Chess by Post');
      await page.getByRole('checkbox').first().check();
      await page.getByText('1 person chosen').waitFor();
    },
  },
  'add-members-left': {
    path: chat('group', '/add'),
    query,
    reach: (page) => page.getByRole('checkbox').first().waitFor(),
  },
};
