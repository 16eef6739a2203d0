import { expect, test } from 'vitest';
import { pathOf, press, typePin, useFakeWeb } from './fake-web.ts';

/** The help centre, over the in-memory SDK. */
const { inBrowser, inOwnBrowser } = useFakeWeb();

test('somebody without a login finds an article from the landing page, and the way back', () =>
  inBrowser('/welcome?at=signed-out', async (page) => {
    await page.getByRole('link', { name: 'Help' }).click();
    await page.getByRole('searchbox', { name: 'Search the articles' }).fill('lost number');
    await page.getByRole('link', { name: 'How do I log in through my recovery contact?' }).click();
    await page.getByRole('heading', { name: 'If it was not you' }).waitFor();
    expect(pathOf(page)).toBe('/help/recovery-kit/recovery-contact-login');
    expect(await page.title()).toBe('How do I log in through my recovery contact? · Hexkey');
    await page.getByRole('link', { name: 'how that works' }).click();
    await page.getByRole('heading', { name: 'How do I change my phone number?' }).waitFor();
    for (const path of ['/help/recovery-kit', '/help', '/welcome']) {
      await page.getByRole('link', { name: 'Back', exact: true }).click();
      await page.waitForURL(`**${path}`);
    }
  }));

test('once opened, every collection and article is there without a network, and so is the search', () =>
  inOwnBrowser('/help?at=home', async (page) => {
    await page.getByRole('link', { name: 'FAQs' }).waitFor();
    // Every request fails from here on; the browser looks for the page's icon of its own accord.
    await page.route(
      (url) => url.pathname !== '/mark.svg',
      (route) => route.abort(),
    );
    await page.getByLabel('Search the articles').fill('clock');
    await page.getByRole('link', { name: 'Fix your clock, or update Hexkey' }).waitFor();
    await page.getByLabel('Search the articles').fill('');
    await page.getByRole('link', { name: 'FAQs' }).click();
    await page.getByRole('link', { name: 'This browser cannot keep Hexkey’s data' }).click();
    await page.getByText('Leave the private window').waitFor();
  }));

test('help opens over a page in the middle of something, and what was typed stays', () =>
  inBrowser('/pin/set?at=set-pin', async (page) => {
    await typePin(page, '271828');
    await page.getByText('2/4', { exact: true }).waitFor();
    await press(page, 'Help');
    await page.getByRole('dialog', { name: 'What is the PIN?' }).waitFor();
    await page.getByRole('button', { name: 'reset it for you' }).click();
    await page.getByRole('dialog', { name: 'I forgot my PIN. What can I do?' }).waitFor();
    await press(page, 'Close');
    await page.getByText('2/4', { exact: true }).waitFor();
  }));

test('a refusal leads to its article, in front of the page that was refused', () =>
  inBrowser('/login/phone/code?at=signed-out&needs=verification', async (page) => {
    await page.getByLabel('Code', { exact: true }).pressSequentially('0000');
    await press(page, 'Help with this');
    await page.getByRole('dialog', { name: 'The code does not come, or is refused' }).waitFor();
  }));

test('“Change” after a login through the contact has its article at hand', () =>
  inBrowser('/welcome/phone?at=home&needs=phone-question', async (page) => {
    await press(page, 'How to change it');
    await page.getByRole('dialog', { name: 'How do I change my phone number?' }).waitFor();
  }));

test('readers are shown where there are any, and an answer is taken once', () =>
  inBrowser('/help/pin?at=home', async (page) => {
    await page
      .getByRole('link', { name: /How do I change my PIN.*readers?$/ })
      .waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /What is the PIN.*212 readers$/ }).click();
    await page.getByText('60 of 62 readers found this helpful').waitFor();
    await press(page, 'No');
    await page.getByText('Thank you.').waitFor();
    expect(await page.getByRole('button', { name: 'Yes' }).count()).toBe(0);
  }));

test('a page whose address has a part of its own offers its article too', () =>
  inBrowser('/wallet/transfers/any-transfer?at=home', async (page) => {
    await press(page, 'Help');
    await page.getByRole('dialog', { name: 'A payment does not go through' }).waitFor();
  }));

test('an address of no article says so', () =>
  inBrowser('/help/pin/nothing-here?at=home', async (page) => {
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  }));

const account = '/settings/account';
const security = `${account}/security`;
const privacy = `${account}/privacy`;
/** As the commissioned pages say them: what is tapped from the chats on, where that leads, and what is read there. */
const ways: readonly (readonly [way: string, path: string, shows: string])[] = [
  ['Profile → Settings → Account → Security → PIN', `${security}/pin`, 'Change PIN'],
  ['More → Settings → Account → Security → Recovery Kit', `${security}/recovery-kit`, 'Phone number'],
  [
    'More → Settings → Account → Security → Recovery Kit → Recovery contacts',
    `${security}/recovery-kit/contact`,
    'View recovery contacts',
  ],
  [
    'Profile → Settings → Account → Security → Recovery Kit → Mnemonic phrase',
    `${security}/words`,
    'Enter your PIN',
  ],
  ['More → Settings → Account → Security → Devices', `${security}/devices`, 'This device'],
  ['More → Settings → Account → Security → Logs', `${security}/logs`, 'newest first'],
  ['More → Settings → Account → Privacy → Blocked', `${privacy}/blocked`, 'People you block cannot write'],
  [
    'Profile → Settings → Account → Privacy → Conversation',
    `${privacy}/conversation`,
    'Who can send messages to me',
  ],
  [
    'More → Settings → Account → Privacy → Conversation',
    `${privacy}/conversation`,
    'Who can add me to groups',
  ],
  [
    'More → Settings → Account → Privacy → Phone number',
    `${privacy}/phone`,
    'Who can find me by phone number',
  ],
  ['More → Settings → Account → Privacy → App lock', `${privacy}/app-lock`, 'At once'],
  ['More → Settings → Account → Change phone number', `${account}/phone`, 'Change phone number'],
  ['More → Settings → Account → Log out', `${account}/log-out`, 'to log out on this device'],
  ['More → Settings → Account → Delete my account', `${account}/delete`, 'Lost for good: the wallet'],
  ['Profile → Settings → Privacy and Security → Devices', `${security}/devices`, 'This device'],
  ['More → Settings → About → Logs', '/settings/about/logs', 'The last lines'],
];

for (const width of [360, 1440])
  test(`the ways to PIN, Recovery Kit, privacy, devices, logs and deletion are there as the commissioned pages name them, ${width} px wide`, () =>
    inBrowser('/chats?at=home&scenario=kit-all', async (page) => {
      await page.setViewportSize({ width, height: 800 });
      for (const [way, path, shows] of ways) {
        await page.goto(new URL('/chats?at=home&scenario=kit-all', page.url()).href);
        // With what is said below the name; on a wide screen the list of settings stays beside its pages.
        for (const tap of way.split(' → '))
          await page
            .getByRole('link', { name: new RegExp(`^${tap}(?! and)`) })
            .last()
            .click();
        await expect.poll(() => pathOf(page), { message: way, timeout: 20_000 }).toBe(path);
        await page.getByRole('main').getByText(shows).first().waitFor();
      }
    }));
