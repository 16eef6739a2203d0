import { type Route, routes } from '@hexkey/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fetch, HexkeyDeps } from './deps.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { memoryVault } from './storage/memory-vault.ts';
import { startNetwork, type TestNetwork } from './testing/network.ts';
import { noProgress, pinOf, testClient } from './testing/test-client.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(3);
});
afterAll(() => network.stop());

const pin = pinOf('271828');

/** Pages of one browser: one vault, one lock, and a way to tell each other. */
function browser() {
  const vault = memoryVault();
  const alone = oneAtATime();
  const heard = new Set<() => void>();
  const tab = (given: Partial<HexkeyDeps> = {}) => {
    const own = new Set<() => void>();
    return testClient(network, {
      vault,
      alone,
      otherPages: {
        tell: () => {
          for (const listener of heard) if (!own.has(listener)) listener();
        },
        listen: (listener) => {
          own.add(listener);
          heard.add(listener);
        },
      },
      ...given,
    });
  };
  return { vault, tab, deafTab: () => testClient(network, { vault, alone }) };
}
let here: ReturnType<typeof browser>;
beforeEach(() => {
  here = browser();
});

/** Stops one kind of request, or its answer, on the way until it is told to go on. */
function held({ path, method }: Route, what: 'request' | 'answer') {
  let onStopped = () => {};
  let release = () => {};
  const stopped = new Promise<void>((resolve) => {
    onStopped = resolve;
  });
  const letGo = new Promise<void>((resolve) => {
    release = resolve;
  });
  const fetchHeld: Fetch = async (url, init) => {
    const isIt = new URL(url).pathname === path && init.method === method;
    const response = isIt && what === 'request' ? null : await fetch(url, init);
    if (isIt) {
      onStopped();
      await letGo;
    }
    return response ?? fetch(url, init);
  };
  return { fetch: fetchHeld, stopped, release: () => release() };
}

async function register(tab: ReturnType<typeof testClient>) {
  const words = tab.newWords();
  await tab.registerWithWords(words);
  await tab.setPin(pin, noProgress);
  return words;
}

describe('a page that starts while another works', () => {
  test('does not put back what it read before', async () => {
    const words = await register(testClient(network));
    const first = here.tab();
    await first.loginWithWords(words);
    const session = held(routes.getSession, 'answer');
    const second = here.tab({ fetch: session.fetch });
    const started = second.start();
    await session.stopped;
    await first.unlock(pin, noProgress);
    session.release();
    await started;
    expect(await here.vault.currentAccount()).toMatchObject({
      session: { state: 'full' },
      entropy: { under: 'pin' },
    });
    expect(second.place).toMatchObject({ at: 'home' });
  });

  test('does not bring back an account that was left', async () => {
    const words = await register(testClient(network));
    const first = here.tab();
    const login = await first.loginWithWords(words);
    const session = held(routes.getSession, 'answer');
    const second = here.tab({ fetch: session.fetch });
    const started = second.start();
    await session.stopped;
    await first.switchAccount();
    session.release();
    expect(await started).toEqual({ at: 'signed-out' });
    expect(await here.vault.currentAccount()).toBe(null);
    expect(login.at === 'enter-pin' && (await here.vault.account(login.session.accountId))).toBe(null);
  });
});

test('two pages that enter PINs do so one after the other', async () => {
  await register(here.tab());
  const toldServer = held(routes.changePin, 'answer');
  const changing = here.tab({ fetch: toldServer.fetch });
  const duringChange: string[] = [];
  let changed = false;
  const other = here.tab({
    fetch: (url, init) => {
      if (!changed && url.endsWith('/req')) duringChange.push(url);
      return fetch(url, init);
    },
  });
  await changing.start();
  await other.start();
  const newPin = pinOf('161803');
  const change = changing.changePin(pin, newPin, noProgress).then(() => {
    changed = true;
  });
  await toldServer.stopped;
  const check = other.checkPin(newPin, noProgress);
  await other.logs(); // answered while the other page works: only what changes the account waits
  toldServer.release();
  await Promise.all([change, check]);
  expect(duringChange).toEqual([]);
  expect(await here.vault.currentAccount()).toMatchObject({ changingPin: false });
  expect(other.place).toMatchObject({ at: 'home', changeInterrupted: false });
});

test('a page follows where another one goes', async () => {
  const words = await register(testClient(network));
  const first = here.tab();
  const second = here.tab();
  await second.start();
  await first.loginWithWords(words);
  await vi.waitFor(() => expect(second.place).toMatchObject({ at: 'enter-pin' }), { timeout: 30_000 });
  await first.unlock(pin, noProgress);
  await vi.waitFor(() => expect(second.place).toMatchObject({ at: 'home' }), { timeout: 30_000 });
  expect((await second.viewWords(pin)).reveal()).toEqual(words.reveal());
});

test('a page that missed a change of account spends no guess on the next account, and does not leave it', async () => {
  const words = await register(testClient(network));
  const nextWords = await register(testClient(network));
  const first = here.deafTab();
  await first.loginWithWords(words);
  const second = here.deafTab();
  await second.start();
  await first.switchAccount();
  await first.loginWithWords(nextWords);
  await expect(second.unlock(pinOf('161803'), noProgress)).rejects.toMatchObject({ name: 'SessionEnded' });
  expect(second.place).toEqual(first.place);
  expect(await here.vault.currentAccount()).not.toBe(null);
  expect(await first.unlock(pin, noProgress)).toMatchObject({ at: 'home' });
  const { entries } = await first.logs();
  expect(entries.filter(({ outcome }) => outcome === 'wrong-pin')).toEqual([]);
});

test('a late refusal of an earlier session does not end the one that followed', async () => {
  const words = await register(testClient(network));
  const first = here.deafTab();
  await first.loginWithWords(words);
  const attempts = held(routes.listOwnAttempts, 'request');
  const second = testClient(network, { vault: here.vault, fetch: attempts.fetch });
  await second.start();
  const asked = second.logs();
  await attempts.stopped;
  await first.switchAccount();
  await first.loginWithWords(words);
  attempts.release();
  await expect(asked).rejects.toMatchObject({ name: 'SessionEnded' });
  expect(await here.vault.currentAccount()).not.toBe(null);
  expect(second.place).toEqual(first.place);
});
