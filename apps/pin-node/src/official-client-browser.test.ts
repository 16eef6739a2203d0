import { type Browser, fixedClock, launchChromium, type Page, seededRandom } from '@hexkey/testing';
import type * as Juicebox from 'juicebox-sdk';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type NodeNetwork, startNodeNetwork } from './testing/node-network.ts';
import { serveOfficialClientPage } from './testing/official-client-page.ts';

const dayMs = 24 * 3_600_000;
const secret = 'thirty-two bytes of S_pin ......';
const rightPin = '120953';
const wrongPin = '120954';

/** What the page has as globals. */
interface PageGlobals {
  juicebox: typeof Juicebox;
  hexkeyToken(realmIdHex: string): Promise<string>;
  JuiceboxGetAuthToken(realmId: Uint8Array): Promise<string>;
  silentAddress: string;
}

let browser: Browser;
let site: Awaited<ReturnType<typeof serveOfficialClientPage>>;
let clock: ReturnType<typeof fixedClock>;
let network: NodeNetwork;
let page: Page;
let sessionId: string;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchChromium(), serveOfficialClientPage()]);
});
afterAll(async () => {
  await browser.close();
  site.close();
});
beforeEach(async () => {
  clock = fixedClock('2030-01-01');
  sessionId = 'session-1';
  network = await startNodeNetwork(5, { clock, random: seededRandom('official client in a browser') });
  page = await browser.newPage();
  await page.exposeFunction('hexkeyToken', (realmId: string) =>
    network.token(realmId, 'alice', { sessionId }),
  );
  await page.goto(site.url);
  await page.waitForFunction(() => document.title === 'ready');
});
afterEach(async () => {
  await page.close();
  await network.stop();
});

type Action = 'register' | 'recover' | 'delete';

/** Runs one operation of the official client in the page. @returns the secret, "done" or what it failed with */
function perform(action: Action, pin = rightPin, pinHashing = 'FastInsecure'): Promise<string> {
  return page.evaluate(
    async (order) => {
      const globals = globalThis as unknown as PageGlobals;
      globals.JuiceboxGetAuthToken = (realmId) =>
        globals.hexkeyToken(Array.from(realmId, (byte) => byte.toString(16).padStart(2, '0')).join(''));
      const { Client, Configuration, RecoverErrorReason } = globals.juicebox;
      const client = new Client(
        new Configuration({
          realms: order.realms,
          register_threshold: 5,
          recover_threshold: 3,
          pin_hashing_mode: order.pinHashing,
        }),
        [],
      );
      const bytes = (text: string) => new TextEncoder().encode(text);
      try {
        if (order.action === 'register')
          await client.register(bytes(order.pin), bytes(order.secret), bytes('account'), 5);
        else if (order.action === 'delete') await client.delete();
        else return new TextDecoder().decode(await client.recover(bytes(order.pin), bytes('account')));
        return 'done';
      } catch (error) {
        if (typeof error === 'number') return `error ${error}`;
        const { reason, guesses_remaining: left } = error as Juicebox.RecoverError;
        return `${RecoverErrorReason[reason]}${left === undefined ? '' : ` ${left}`}`;
      }
    },
    {
      action,
      pin,
      pinHashing,
      secret,
      realms: network.nodes.map((node) => ({ id: node.realmId, address: node.address })),
    },
  );
}

test('registers with the compiled-in hash and recovers in a browser, across origins', async () => {
  expect(await perform('register', rightPin, 'Standard2019')).toBe('done');
  expect(await perform('recover', rightPin, 'Standard2019')).toBe(secret);
});

test('wrong PINs of a new session end in "too many requests", and the right PIN works after the window', async () => {
  await perform('register');
  for (let left = 9; left >= 0; left -= 1)
    expect(await perform('recover', wrongPin)).toBe(`InvalidPin ${left}`);
  expect(await perform('recover')).toBe('RateLimitExceeded');
  clock.advance(7 * dayMs);
  expect(await perform('recover')).toBe(secret);
});

test('wrong PINs of a proven session end in "no guesses", for 24 hours', async () => {
  await perform('register');
  await perform('recover');
  for (let left = 4; left >= 0; left -= 1)
    expect(await perform('recover', wrongPin)).toBe(`InvalidPin ${left}`);
  expect(await perform('recover')).toBe('InvalidPin 0');
  clock.advance(dayMs);
  expect(await perform('recover')).toBe(secret);
});

test('an unproven session overwrites and deletes nothing; the proven one deletes', async () => {
  await perform('register');
  sessionId = 'thief';
  expect(await perform('register', wrongPin)).toBe('error 4');
  expect(await perform('delete')).toBe('error 4');
  sessionId = 'session-1';
  expect(await perform('recover')).toBe(secret);
  expect(await perform('delete')).toBe('done');
  expect(await perform('recover')).toBe('NotRegistered');
});

test('two nodes down: three are enough', async () => {
  await perform('register');
  await Promise.all(network.nodes.slice(3).map((node) => node.stop()));
  expect(await perform('recover')).toBe(secret);
});

test('one node silent: a fetch hook with an AbortSignal is enough', async () => {
  await perform('register');
  await page.evaluate((silent) => {
    const realFetch = globalThis.fetch;
    // A node that takes the request and never answers; the hook's deadline ends the wait.
    globalThis.fetch = (input, init) => {
      if (!(input instanceof Request) || !input.url.startsWith(silent)) return realFetch(input, init);
      return new Promise((_, reject) => {
        const signal = AbortSignal.timeout(50);
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    };
  }, network.nodes[0]?.address ?? '');
  expect(await perform('recover')).toBe(secret);
});
