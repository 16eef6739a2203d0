import { serveOfficialClientPage } from '@hexkey/pin-node/testing/official-client-page';
import { toHex } from '@hexkey/protocol';
import { type Browser, launchChromium, type Page } from '@hexkey/testing';
import type * as Juicebox from 'juicebox-sdk';
import type { Result } from '../record-results.ts';
import type { UnlockPage } from '../unlock-page/main.ts';
import { hangAfterMs, whileSilent } from './measure-unlock.ts';
import { serveUnlockPage } from './serve-unlock-page.ts';
import type { UnlockNetwork } from './unlock-network.ts';
import { percentile, within } from './unlocks.ts';

const samples = 10;
const goalMs = 1000;

/** What the pages have as globals. */
interface PageGlobals {
  unlockPage: UnlockPage;
  juicebox: typeof Juicebox;
  benchToken(realmIdHex: string): Promise<string>;
  JuiceboxGetAuthToken(realmId: Uint8Array): Promise<string>;
}

/** Unlocking in a browser, argon2id in its worker, while one of five nodes takes connections and answers nothing. */
export async function measureUnlockInChromium(network: UnlockNetwork): Promise<Result> {
  const browser = await launchChromium();
  const ourSite = await serveUnlockPage(network.api.url);
  const officialSite = await serveOfficialClientPage();
  try {
    const ours = await openPage(browser, ourSite.url);
    await ours.evaluate(
      (key) => (globalThis as unknown as PageGlobals).unlockPage.register(key),
      toHex(network.operatorKey),
    );
    const theirs = await openOfficialPage(browser, officialSite.url, network);
    await perform(theirs, network, 'register');
    return await whileSilent(network, async () => {
      const unlocks: Awaited<ReturnType<UnlockPage['unlock']>>[] = [];
      for (let count = 0; count < samples; count += 1)
        unlocks.push(await ours.evaluate(() => (globalThis as unknown as PageGlobals).unlockPage.unlock()));
      const startedMs = performance.now();
      const answered = await within(hangAfterMs, perform(theirs, network, 'recover'));
      return resultOf(unlocks, answered === null ? null : performance.now() - startedMs);
    });
  } finally {
    await browser.close();
    ourSite.close();
    officialSite.close();
  }
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForFunction(() => document.title === 'ready');
  return page;
}

async function openOfficialPage(browser: Browser, url: string, network: UnlockNetwork): Promise<Page> {
  const page = await openPage(browser, url);
  await page.exposeFunction('benchToken', (realmId: string) =>
    network.officialToken(realmId, 'official-in-chromium'),
  );
  return page;
}

async function perform(page: Page, network: UnlockNetwork, action: 'register' | 'recover'): Promise<true> {
  const realms = network.nodes.map(({ realmId, address }) => ({ id: realmId, address }));
  const done = page.evaluate(
    async (order) => {
      const globals = globalThis as unknown as PageGlobals;
      globals.JuiceboxGetAuthToken = (realmId) =>
        globals.benchToken(Array.from(realmId, (byte) => byte.toString(16).padStart(2, '0')).join(''));
      const { Client, Configuration } = globals.juicebox;
      const configuration = new Configuration({
        realms: order.realms,
        register_threshold: 5,
        recover_threshold: 3,
        pin_hashing_mode: 'Standard2019',
      });
      // A function with a name would not survive the way to the page.
      const encoder = new TextEncoder();
      const [pin, secret, info] = [
        encoder.encode('271828'),
        encoder.encode('secret'),
        encoder.encode('bench'),
      ];
      const client = new Client(configuration, []);
      if (order.action === 'register') await client.register(pin, secret, info, 5);
      else await client.recover(pin, info);
      return true as const;
    },
    { realms, action },
  );
  // Whoever still waits hears of a failure; after the time for a hang nobody does.
  done.catch(() => undefined);
  return done;
}

/** @param officialMs null when it had not answered */
function resultOf(
  unlocks: readonly { readonly totalMs: number; readonly hashMs: number }[],
  officialMs: number | null,
): Result {
  const beyond = unlocks.map(({ totalMs, hashMs }) => totalMs - hashMs);
  const worst = Math.round(Math.max(...beyond));
  const total = Math.round(
    percentile(
      unlocks.map(({ totalMs }) => totalMs),
      0.5,
    ),
  );
  const peerMs = Math.round(officialMs ?? hangAfterMs);
  const peer =
    officialMs === null
      ? `the official client, which had not answered after ${hangAfterMs / 1000} s`
      : 'one whole unlock of the official client';
  return {
    metric: `unlock in Chromium, 3-of-5, one silent node: time beyond argon2id, most of ${samples} (a whole unlock takes ${total} ms) against ${peer}`,
    ours: worst,
    peer: peerMs,
    ratio: Math.round((peerMs / worst) * 100) / 100,
    unit: 'ms',
    goal: `<= ${goalMs} ms`,
    met: worst <= goalMs,
  };
}
