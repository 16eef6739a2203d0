import type { Page } from '@hexkey/testing';
import { expect, test } from 'vitest';
import { lockKey } from '../apps/web/src/app-lock/kept-lock.ts';
import { fakeAccountId, fakePin } from '../apps/web/src/testing/fake-hexkey.ts';
import { fakeChatIds } from '../apps/web/src/testing/some-chats.ts';
import { pathOf, press, typePin, useFakeWeb } from './fake-web.ts';

/** What a device does for itself: app lock, notifications, pages that were not fetched. Over the in-memory SDK. */
const { browser, inBrowser, inOwnBrowser, origin } = useFakeWeb();

const appLock = '/settings/account/privacy/app-lock?at=home';
const minuteMs = 60_000;
const locked = (page: Page) => page.getByRole('heading', { name: 'Hexkey is locked' });

/** As when another tab or program is brought to the front. */
async function putOutOfSight(page: Page, isHidden = true): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    isHidden ? 'hidden' : 'visible',
  );
}

/** Everything of the document that a reader, or a script beside the page, finds. */
const wholePage = (page: Page) => page.evaluate('document.documentElement.outerHTML + document.title');

test('out of sight, nothing of the account is in the page; the PIN leads back to where it was', () =>
  inBrowser(appLock, async (page) => {
    await page.getByRole('radio', { name: 'At once' }).check();
    await page.goto(`${origin()}/chats/${fakeChatIds.grace}?at=home&scenario=chats`);
    // A page that starts was not in sight before.
    await locked(page).waitFor();
    await typePin(page, fakePin);
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('half a thought');
    await page.getByRole('heading', { name: 'Grace Hopper' }).waitFor();
    await putOutOfSight(page);
    await locked(page).waitFor();
    for (const secret of ['Grace', 'Hopper', 'half a thought', 'Ada Lovelace'])
      expect(await wholePage(page)).not.toContain(secret);
    await putOutOfSight(page, false);
    await typePin(page, '271828');
    await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    await typePin(page, fakePin);
    expect(pathOf(page)).toBe(`/chats/${fakeChatIds.grace}`);
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Message', exact: true }).inputValue())
      .toBe('half a thought');
  }));

test.each([
  [
    appLock,
    'Off',
    [
      'At once, when it is out of sight',
      'After 1 minute without use',
      'After 5 minutes without use',
      'After 15 minutes without use',
      'After 60 minutes without use',
    ],
  ],
  ['/settings/appearance?at=home', 'Same as the system', ['Light', 'Dark']],
  ['/settings/language?at=home', 'Same as the browser', ['English', '简体中文']],
])('%s offers “%s”, which is chosen at first, and besides: %j', (address, first, others) =>
  inBrowser(address, async (page) => {
    for (const name of [first, ...others]) await page.getByRole('radio', { name, exact: true }).waitFor();
    expect(await page.getByRole('radio').count()).toBe(1 + others.length);
    await expect.poll(() => page.getByRole('radio', { name: first, exact: true }).isChecked()).toBe(true);
  }),
);

test('the appearance of the system is followed as it changes, until one is chosen', () =>
  inOwnBrowser('/settings/appearance?at=home', async (page) => {
    const shade = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.getByRole('heading', { name: 'Appearance', exact: true }).waitFor();
    const light = await shade();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(shade).not.toBe(light);
    await page.getByRole('radio', { name: 'Light' }).check();
    await expect.poll(shade).toBe(light);
    await page.getByRole('radio', { name: 'Same as the system' }).check();
    await expect.poll(shade).not.toBe(light);
  }));

test('closed in one tab is closed in the other, and so is opened', () =>
  inOwnBrowser(appLock, async (page) => {
    await page.getByRole('radio', { name: 'After 60 minutes' }).check();
    const other = await page.context().newPage();
    await other.goto(`${origin()}/more?at=home`);
    await other.getByRole('heading', { name: 'More', exact: true }).waitFor();
    await press(page, 'Lock now');
    await locked(page).waitFor();
    await locked(other).waitFor();
    await typePin(other, fakePin);
    await other.getByRole('heading', { name: 'More', exact: true }).waitFor();
    await page.getByRole('heading', { name: 'App lock', exact: true }).waitFor();
    await other.close();
  }));

test('without use it closes by itself, and a reload does not open it', () =>
  inOwnBrowser(appLock, async (page) => {
    await page.clock.install();
    await page.goto(origin() + appLock);
    await page.getByRole('radio', { name: 'After 5 minutes' }).check();
    await page.clock.runFor(4 * minuteMs);
    await page.getByRole('heading', { name: 'App lock', exact: true }).click();
    await page.clock.runFor(4 * minuteMs);
    expect(await locked(page).count()).toBe(0);
    await page.clock.runFor(minuteMs + 10_000);
    await locked(page).waitFor();
    await page.reload();
    await locked(page).waitFor();
  }));

test('a passkey is offered first and opens it without a network; without it the PIN does', () =>
  inOwnBrowser(appLock, async (page) => {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.getByRole('radio', { name: 'After 60 minutes' }).check();
    await page.getByRole('checkbox', { name: 'Open with a passkey' }).click();
    await page.getByText('The passkey opens Hexkey now').waitFor();
    await press(page, 'Lock now');
    await locked(page).waitFor();
    expect(await page.getByRole('textbox', { name: 'PIN' }).count()).toBe(0);
    await page.context().setOffline(true);
    await press(page, 'Open with passkey');
    await page.getByRole('heading', { name: 'App lock', exact: true }).waitFor();
    await page.context().setOffline(false);
    await press(page, 'Lock now');
    // A stranger's face.
    await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await press(page, 'Open with passkey');
    await page.getByText('Face ID or fingerprint was not accepted.').waitFor();
    await press(page, 'Use the PIN instead');
    await typePin(page, fakePin);
    await page.getByRole('heading', { name: 'App lock', exact: true }).waitFor();
  }));

test('what the server holds comes as a file for the PIN, after a wrong one too', () =>
  inBrowser('/settings/account?at=home', async (page) => {
    await page.getByRole('link', { name: 'Export my data' }).click();
    await typePin(page, '271828');
    await page.getByText('Wrong PIN. 4 tries left.').waitFor();
    const download = page.waitForEvent('download');
    await typePin(page, fakePin);
    expect((await download).suggestedFilename()).toMatch(/^hexkey-my-data-\d{4}-\d\d-\d\d\.json$/);
    await page.getByText('The file is yours').waitFor();
  }));

/** Notices as the browser would show them, and whether it shows any. */
async function catchNotices(page: Page, permission: 'granted' | 'default' | 'denied'): Promise<void> {
  await page.addInitScript((given) => {
    const shown: unknown[] = [];
    class FakeNotification {
      static permission = given;
      static asked = 0;
      static requestPermission = async () => {
        FakeNotification.asked += 1;
        if (FakeNotification.permission === 'default') FakeNotification.permission = 'granted';
        return FakeNotification.permission;
      };
      close() {}
      constructor(title: string, { body, tag }: { body: string; tag: string }) {
        shown.push({ title, body, tag });
      }
    }
    Object.assign(window, { Notification: FakeNotification, shown });
  }, permission);
}
const shownNotices = (page: Page) =>
  page.evaluate('window.shown') as Promise<{ title: string; body: string }[]>;

/** Grace answers while this tab is not looked at. @param before what happens once it is not */
async function beAnswered(page: Page, before = 'undefined'): Promise<void> {
  await page.goto(`${origin()}/chats/${fakeChatIds.grace}?at=home&scenario=chats`);
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Are you there?');
  await page.keyboard.press('Enter');
  await page
    .getByRole('link', { name: 'Wallet' })
    .or(page.getByRole('link', { name: 'Back' }))
    .first()
    .click();
  await page.evaluate(`document.hasFocus = () => false; window.dispatchEvent(new Event("blur")); ${before}`);
}
async function beAnsweredUnseen(page: Page, before?: string): Promise<void> {
  await beAnswered(page, before);
  await expect.poll(() => shownNotices(page), { timeout: 10_000 }).toHaveLength(1);
}

test('the browser is asked on the tap, not before; a notice says who writes only if that was chosen', () =>
  inOwnBrowser('/settings/notifications?at=home', async (page) => {
    await catchNotices(page, 'default');
    await page.reload();
    await page.getByRole('heading', { name: 'Notifications', exact: true }).waitFor();
    expect(await page.evaluate('Notification.asked')).toBe(0);
    await page.getByRole('checkbox', { name: 'Tell me about new messages' }).check();
    expect(await page.evaluate('Notification.asked')).toBe(1);
    await press(page, 'Show one now');
    await page.getByText('Sent. If you see nothing').waitFor();
    await catchNotices(page, 'granted');
    await beAnsweredUnseen(page);
    expect(await shownNotices(page)).toMatchObject([{ title: 'Hexkey', body: 'You have a new message' }]);
    await page.goto(`${origin()}/settings/notifications?at=home`);
    await page.getByRole('checkbox', { name: 'Show who writes, and what' }).check();
    await beAnsweredUnseen(page);
    expect(await shownNotices(page)).toMatchObject([{ title: 'Grace Hopper', body: 'Understood.' }]);
    // Locked, and this page has not noticed: no timer has looked.
    const lock = { afterMinutes: 1, isLocked: true, usedAtMs: 0, passkeyId: null };
    const key = lockKey(fakeAccountId);
    await beAnsweredUnseen(page, `localStorage.setItem('${key}', '${JSON.stringify(lock)}')`);
    expect(await shownNotices(page)).toMatchObject([{ title: 'Hexkey', body: 'You have a new message' }]);
  }));

test('of two tabs of an account one tells: none while one is looked at, and the other once that one is closed', () =>
  inOwnBrowser('/settings/notifications?at=home', async (page) => {
    await catchNotices(page, 'granted');
    await page.reload();
    await page.getByRole('checkbox', { name: 'Tell me about new messages' }).check();
    const speakers = () =>
      page.evaluate(
        'navigator.locks.query().then(({ held }) => held.filter(({ name }) => name.startsWith("hexkey/v1/speaker/")).length)',
      );
    await expect.poll(speakers).toBe(1);
    const other = await page.context().newPage();
    await catchNotices(other, 'granted');
    const isQuiet = async () => {
      await beAnswered(other);
      await other.getByText('Understood.').first().waitFor();
      await other.evaluate('new Promise((done) => requestIdleCallback(done))');
      expect(await shownNotices(other)).toEqual([]);
    };
    await isQuiet();
    // Nobody looks at either: the first one tells of what it hears, and this one still does not.
    await page.evaluate('document.hasFocus = () => false; window.dispatchEvent(new Event("blur"))');
    await isQuiet();
    await page.goto('about:blank');
    await beAnsweredUnseen(other);
    await other.close();
  }));

test('a browser that says no is not asked again, and the way out is told', () =>
  inOwnBrowser('/settings/notifications?at=home', async (page) => {
    await catchNotices(page, 'denied');
    await page.reload();
    await page.getByText('Your browser does not let Hexkey notify you').waitFor();
    await page.getByRole('checkbox', { name: 'Tell me about new messages' }).click();
    expect(await page.getByRole('checkbox', { name: 'Tell me about new messages' }).isChecked()).toBe(false);
    expect(await page.evaluate('Notification.asked')).toBe(0);
  }));

test('a wrong clock and a version that is too old take the place of every page, and lead to their article', async () => {
  for (const [scenario, title, says] of [
    ['clock-skew', 'Fix your clock', 'Server'],
    ['update-required', 'Update Hexkey', 'Code 10006'],
  ] as const)
    for (const path of ['/chats?at=home', '/login/words?at=signed-out'])
      await inBrowser(`${path}&scenario=${scenario}`, async (page) => {
        await page.getByRole('heading', { name: title, level: 1 }).waitFor();
        await page.getByText(says, { exact: true }).waitFor();
        expect(await page.getByRole('navigation').count()).toBe(0);
        await press(page, 'Help with this');
        await page.getByRole('dialog', { name: 'Fix your clock, or update Hexkey' }).waitFor();
      });
});

test('help that was never opened, without a network, is said to be missing, and comes when there is one again', async () => {
  let fails = true;
  // Not among the others: the browser itself complains about the files that are missing.
  const page = await browser().newPage();
  await page.goto(`${origin()}/welcome?at=signed-out`);
  await page.getByRole('link', { name: 'Help' }).waitFor();
  // As without a network, for what is not here yet.
  await page.route('**/assets/**', (route) => (fails ? route.abort('failed') : route.continue()));
  await page.evaluate('Object.defineProperty(navigator, "onLine", { value: false, configurable: true })');
  await page.getByRole('link', { name: 'Help' }).click();
  await page.getByRole('heading', { name: 'You are offline' }).waitFor();
  expect(await page.getByText('Something broke').count()).toBe(0);
  fails = false;
  await press(page, 'Try again');
  await page.getByRole('searchbox', { name: 'Search the articles' }).waitFor();
  await page.close();
});
