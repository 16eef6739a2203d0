import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort, launchChromium, type Page } from '@hexkey/testing';
import { afterAll, expect, test } from 'vitest';
import { type RouteEntry, routePaths, routeTable } from '../apps/web/src/route-table.ts';
import { pathOf, press, useFakeWeb } from './fake-web.ts';
import { startHexkey, temporaryFolder } from './harness.ts';
import { compact, installed } from './installed.ts';

const { inBrowser, inOwnBrowser } = useFakeWeb();
const data = temporaryFolder();
afterAll(() => data.remove());
const admin = fileURLToPath(new URL('../apps/admin/hexkey-admin.mjs', import.meta.url));
const run = promisify(execFile);

test('holding the title of a login page for three seconds opens the logs; less, or a drag, does not', () =>
  inOwnBrowser('/login?at=signed-out', async (page) => {
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    await hold(page);
    await page.clock.runFor(2999);
    await page.mouse.up();
    await page.clock.runFor(10_000);
    expect(pathOf(page)).toBe('/login');
    await hold(page);
    await page.mouse.move(0, 300);
    await page.clock.runFor(10_000);
    await page.mouse.up();
    expect(pathOf(page)).toBe('/login');
    await hold(page);
    await page.clock.runFor(3000);
    await page.clock.resume();
    await page.waitForURL('**/support/logs');
    await page.mouse.up();
    await page.getByRole('heading', { name: 'Send logs' }).waitFor();
  }));

/** Every page that somebody sees before the account is open, wherever they stand. */
const outside = routePaths.flatMap((path) => {
  const { places, layout, needs, transient }: RouteEntry = routeTable[path];
  if (layout !== 'bare' || transient || path === '/not-found') return [];
  const query = needs === undefined ? '' : `&needs=${needs}`;
  return places.filter((place) => place !== 'home').map((place) => `${path}?at=${place}${query}`);
});

test('the title of every page before the open account opens the logs when it is held, and its corner leads to support', async () => {
  expect(outside.length).toBeGreaterThan(18);
  for (const address of outside)
    await inBrowser(address, async (page) => {
      await page.getByRole('link', { name: 'Support' }).waitFor();
      expect(pathOf(page)).toBe(address.slice(0, address.indexOf('?')));
      // Three seconds are over at once here; how long they are is seen above.
      await page.evaluate(`{
        const { setTimeout } = globalThis;
        globalThis.setTimeout = (work, ms, ...given) => setTimeout(work, ms === 3000 ? 0 : ms, ...given);
      }`);
      await hold(page);
      await page.waitForURL('**/support/logs');
      await page.mouse.up();
    });
});

test('the landing page leads to the logs over help too', () =>
  inBrowser('/welcome?at=signed-out', async (page) => {
    await page.getByRole('link', { name: 'Help' }).click();
    await page.getByRole('link', { name: 'Send logs' }).click();
    await page.waitForURL('**/support/logs');
    await page.getByLabel('The last lines').waitFor();
  }));

test('by keyboard alone: support, its menu, the logs', () =>
  inBrowser('/login/phone?at=signed-out', async (page) => {
    // The form takes the place of the page that waits for it, and of its link.
    await page.getByRole('textbox').first().waitFor();
    await page.getByRole('link', { name: 'Support' }).press('Enter');
    await page.waitForURL('**/support');
    await page.getByRole('link', { name: 'Send logs' }).press('Enter');
    await page.waitForURL('**/support/logs');
    await page.getByLabel('The last lines').waitFor();
  }));

test('the pages of the open account have no way to support in their corner', () =>
  inBrowser('/more?at=home', async (page) => {
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    expect(await page.getByRole('link', { name: 'Support' }).count()).toBe(0);
  }));

test('the logs are exported as a file, from About too', () =>
  inBrowser('/settings/about?at=home', async (page) => {
    await page.getByRole('main').getByRole('link', { name: 'Logs' }).click();
    await page.waitForURL('**/settings/about/logs');
    const saved = page.waitForEvent('download');
    await press(page, 'Export file');
    const file = await (await saved).path();
    expect(await readFile(file, 'utf8')).toContain('call requestPhoneCode ok 201ms\n');
  }));

test('the last 256 lines of the logs are copied, in their order, and said to be', () =>
  inBrowser('/support/logs?at=signed-out&scenario=old-version', async (page) => {
    await page.getByText('300 lines').waitFor();
    await press(page, 'Copy the last 256 lines');
    await page.getByText('Copied').first().waitFor();
    const copied = (await page.evaluate<string>('document.documentElement.dataset.copied')).split('\n');
    expect(copied).toHaveLength(256);
    expect([copied.at(0), copied.at(-1)].map((line) => /\d+ms$/.exec(line ?? '')?.[0])).toEqual([
      '44ms',
      '299ms',
    ]);
    expect(await page.getByLabel('The last lines').inputValue()).toBe(copied.join('\n'));
  }));

test('beside the logs stand this version and the newest, with Update where they differ', async () => {
  await inBrowser('/support/logs?at=signed-out&scenario=old-version', async (page) => {
    await page.getByText('Newest version').waitFor();
    await page.getByText('0.2.0', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Update', exact: true }).waitFor();
  });
  await inBrowser('/support/logs?at=signed-out', async (page) => {
    await page.getByText('Newest version').waitFor();
    expect(await page.getByRole('button', { name: 'Update' }).count()).toBe(0);
  });
});

test('nothing of a ticket from before the login is shown until its owner says that it is theirs', () =>
  inBrowser('/support?at=home&scenario=ticket-unclaimed', async (page) => {
    await page.getByText('A ticket was opened on this device before you logged in.').waitFor();
    const text = page.getByText('My code never arrives.');
    expect(await text.count()).toBe(0);
    await press(page, 'It is mine');
    await text.waitFor();
  }));

test('on a real server: somebody without a login sends logs and writes; an operator answers in the shell, another one with a key over the network', async () => {
  const hexkey = await startHexkey(await installed(data.path), await freePort(), compact);
  const browser = await launchChromium();
  const operator = async (...args: string[]) =>
    (await run(process.execPath, [admin, '--data-dir', data.path, '--json', ...args])).stdout;
  try {
    const page = await browser.newPage({ locale: 'en-US' });
    await page.goto(`${hexkey.origin}/login/phone`);
    await page.getByRole('link', { name: 'Support' }).click();
    await page.getByLabel('Your message').fill('My code never comes.');
    await press(page, 'Send');
    await page.getByText('My code never comes.').and(page.locator('p')).waitFor();
    const { tickets } = JSON.parse(await operator('tickets', 'list'));
    expect(tickets).toMatchObject([{ state: 'open', awaitsAnswer: true, hexkeyId: null }]);
    const number = tickets[0].ticketNumber as string;
    await page.getByText(`Ticket ${number}`).waitFor();
    const key = join(data.path, 'ada.key');
    const publicKey = (await run(process.execPath, [admin, 'keygen', key])).stdout.trim();
    await operator('operators', 'add', 'ada.laptop', publicKey);
    const byKey = ['--server', hexkey.origin, '--key', key];
    await run(process.execPath, [admin, ...byKey, 'tickets', 'answer', number, 'Which country is it?']);
    await page.getByText('Which country is it?').waitFor();
    await page.getByRole('link', { name: 'Send logs' }).click();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await press(page, 'Copy the last 256 lines');
    await page.getByText('Copied').first().waitFor();
    const copied = await page.evaluate('navigator.clipboard.readText()');
    expect(copied).toContain('page /login/phone');
    expect(copied).toBe(await page.getByLabel('The last lines').inputValue());
    await press(page, 'Send to support');
    await page.getByText(`Your ticket number is ${number}`).waitFor();
    const { lines } = JSON.parse(await operator('tickets', 'logs', number)) as { lines: string[] };
    expect(lines.some((line) => line.endsWith('page /login/phone'))).toBe(true);
    expect(lines.some((line) => / call openTicket ok \d+ms$/.test(line))).toBe(true);
    expect(page.url()).toBe(`${hexkey.origin}/support/logs`);
    await operator('tickets', 'close', number);
    await page.reload();
    await page.getByRole('link', { name: 'Back', exact: true }).click();
    await page.getByText('Support closed this ticket.').waitFor();
    const { actions } = JSON.parse(await operator('audit', 'list')) as { actions: { command: string }[] };
    const signedBy = publicKey.slice('ed25519:'.length);
    expect(actions.find(({ command }) => command === 'answerTicket')).toMatchObject({
      operator: 'ada.laptop',
      signedBy,
    });
    expect(actions.find(({ command }) => command === 'closeTicket')).toMatchObject({ signedBy: null });
  } finally {
    await browser.close();
    await hexkey.stop();
  }
}, 300_000);

/** Puts the pointer on the title of a page and presses it. */
async function hold(page: Page): Promise<void> {
  const box = await page.getByRole('heading', { level: 1 }).boundingBox();
  if (box === null) throw new Error('no title');
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.mouse.down();
}
