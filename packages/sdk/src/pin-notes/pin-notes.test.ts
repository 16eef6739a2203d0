import { decodeNodeRequest } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { HexkeyClient } from '../create-hexkey.ts';
import type { HexkeyDeps } from '../deps.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import { mortalFetch } from '../testing/mortal-fetch.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { faultyFetch, noProgress, pinOf, testClient } from '../testing/test-client.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const minute = 60_000;
const day = 24 * 60 * minute;
const pin = '271828';
const newPin = '161803';
const guesses = ['314159', '141421', '173205', '223606', '264575'] as const;

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(2);
});
afterAll(() => network.stop());

async function aClientWithPin(given: Partial<HexkeyDeps> = {}): Promise<HexkeyClient> {
  const client = testClient(network, given);
  await client.registerWithWords(client.newWords());
  await client.setPin(pinOf(pin), noProgress);
  return client;
}

/** A second device of the same account, at its PIN gate. */
async function anotherDevice(first: HexkeyClient, given: Partial<HexkeyDeps> = {}): Promise<HexkeyClient> {
  const words = await first.viewWords(pinOf(pin));
  const other = testClient(network, given);
  await other.loginWithWords(words);
  return other;
}

const check = (client: HexkeyClient, digits: string) => client.checkPin(pinOf(digits), noProgress);
const refused = (client: HexkeyClient, digits: string) =>
  expect(check(client, digits)).rejects.toMatchObject({ name: 'WrongPin' });

test('the check is due ten minutes after the PIN was set, and each one that is passed doubles the wait', async () => {
  const client = await aClientWithPin();
  expect(await client.isCheckDue()).toBe(false);
  for (const minutes of [10, 20, 40]) {
    network.clock.advance(minutes * minute - 1);
    expect(await client.isCheckDue()).toBe(false);
    network.clock.advance(1);
    expect(await client.isCheckDue()).toBe(true);
    await refused(client, guesses[0]);
    expect(await client.isCheckDue()).toBe(true);
    await check(client, pin);
    expect(await client.isCheckDue()).toBe(false);
  }
});

test('a right PIN that nobody asked for moves no check', async () => {
  const client = await aClientWithPin();
  network.clock.advance(9 * minute);
  await check(client, pin);
  network.clock.advance(minute);
  expect(await client.isCheckDue()).toBe(true);
});

test('after a change the checks begin again at ten minutes', async () => {
  const client = await aClientWithPin();
  for (const minutes of [10, 20, 40]) {
    network.clock.advance(minutes * minute);
    await check(client, pin);
  }
  await client.changePin(pinOf(pin), pinOf(newPin), noProgress);
  expect(await client.isCheckDue()).toBe(false);
  network.clock.advance(10 * minute);
  expect(await client.isCheckDue()).toBe(true);
});

test('a device that showed the PIN for the first time is checked ten minutes later', async () => {
  const other = await anotherDevice(await aClientWithPin());
  await other.unlock(pinOf(pin), noProgress);
  expect(await other.isCheckDue()).toBe(false);
  network.clock.advance(10 * minute);
  expect(await other.isCheckDue()).toBe(true);
});

test('what the nodes said last survives a restart of the client, and the right PIN gives the whole budget back', async () => {
  const vault = memoryVault();
  const client = await aClientWithPin({ vault });
  await refused(client, guesses[0]);
  await refused(client, guesses[1]);
  const again = testClient(network, { vault });
  await again.start();
  expect(await again.lastBudget()).toMatchObject({ attemptsLeft: 3, retryAtMs: null });
  await check(again, pin);
  expect(await again.lastBudget()).toMatchObject({ attemptsLeft: 5, retryAtMs: null });
});

test('nothing is known of the budget before the nodes have spoken, and of a lock that is over', async () => {
  const other = await anotherDevice(await aClientWithPin());
  expect(await other.lastBudget()).toBe(null);
  const client = await aClientWithPin();
  for (const guess of guesses.slice(0, 4)) await refused(client, guess);
  await expect(check(client, guesses[4])).rejects.toMatchObject({ name: 'PinLocked' });
  const retryAtMs = network.clock.now() + day;
  expect(await client.lastBudget()).toMatchObject({ attemptsLeft: 0, retryAtMs });
  network.clock.advance(day);
  expect(await client.lastBudget()).toBe(null);
});

test('a wrong PIN is known when it is entered again, costs nothing to ask about, and is forgotten after the right one', async () => {
  const vault = memoryVault();
  const client = await aClientWithPin({ vault });
  expect(await client.wasPinTried(pinOf(guesses[0]))).toBe(false);
  await refused(client, guesses[0]);
  const again = testClient(network, { vault });
  await again.start();
  for (let asked = 0; asked < 8; asked += 1) expect(await again.wasPinTried(pinOf(guesses[0]))).toBe(true);
  expect(await again.wasPinTried(pinOf(guesses[1]))).toBe(false);
  expect(await again.wasPinTried(pinOf(pin))).toBe(false);
  expect(await again.triedPinCount()).toBe(1);
  await expect(check(again, guesses[1])).rejects.toMatchObject({ details: { attemptsLeft: 3 } });
  await check(again, pin);
  expect(await again.triedPinCount()).toBe(0);
  expect(await again.wasPinTried(pinOf(guesses[0]))).toBe(false);
});

test('the owner can clear the list', async () => {
  const client = await aClientWithPin();
  await refused(client, guesses[0]);
  await client.forgetTriedPins();
  expect(await client.triedPinCount()).toBe(0);
  expect(await client.wasPinTried(pinOf(guesses[0]))).toBe(false);
});

test('the wrong PIN that locks is remembered; the right one that a lock refuses is not', async () => {
  const client = await aClientWithPin();
  for (const guess of guesses.slice(0, 4)) await refused(client, guess);
  await expect(check(client, guesses[4])).rejects.toMatchObject({ name: 'PinLocked' });
  await expect(check(client, pin)).rejects.toMatchObject({ name: 'PinLocked' });
  expect(await client.triedPinCount()).toBe(5);
  expect(await client.wasPinTried(pinOf(guesses[4]))).toBe(true);
  expect(await client.wasPinTried(pinOf(pin))).toBe(false);
});

test('a PIN whose answers were lost is not remembered: nobody judged it', async () => {
  const faults = faultyFetch();
  const client = await aClientWithPin({ fetch: faults.fetch });
  faults.dead.add(network.addressOf(0));
  faults.dead.add(network.addressOf(1));
  await expect(check(client, guesses[0])).rejects.toMatchObject({ name: 'NodesUnavailable' });
  faults.dead.clear();
  expect(await client.triedPinCount()).toBe(0);
});

test.each(['request', 'answer'])('nor one of whose guesses each %s was lost', async (lost) => {
  let isLossy = false;
  const isGuess = (url: string, init: RequestInit) =>
    url.endsWith('/req') && decodeNodeRequest(init.body as Uint8Array).kind === 'Recover2';
  const client = await aClientWithPin({
    async fetch(url, init) {
      if (!isLossy || !isGuess(url, init)) return fetch(url, init);
      if (lost === 'answer') await (await fetch(url, init)).body?.cancel();
      throw new TypeError('fetch failed');
    },
  });
  isLossy = true;
  await expect(check(client, guesses[0])).rejects.toMatchObject({ name: 'NodesUnavailable' });
  expect(await client.triedPinCount()).toBe(0);
});

test('a PIN that was wrong here and that another device has set since is not called wrong', async () => {
  const first = await aClientWithPin();
  const other = await anotherDevice(first);
  await expect(other.unlock(pinOf(newPin), noProgress)).rejects.toMatchObject({ name: 'WrongPin' });
  expect(await other.wasPinTried(pinOf(newPin))).toBe(true);
  await first.changePin(pinOf(pin), pinOf(newPin), noProgress);
  await first.settled();
  expect(await other.wasPinTried(pinOf(newPin))).toBe(false);
  await other.unlock(pinOf(newPin), noProgress);
});

test('without the nodes nobody can say whether digits that were wrong still are', async () => {
  const faults = faultyFetch();
  const client = await aClientWithPin({ fetch: faults.fetch });
  await refused(client, guesses[0]);
  faults.dead.add(network.addressOf(0));
  faults.dead.add(network.addressOf(1));
  await expect(client.wasPinTried(pinOf(guesses[0]))).rejects.toMatchObject({ name: 'NodesUnavailable' });
  expect(await client.wasPinTried(pinOf(guesses[1]))).toBe(false);
});

const interruptions = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((steps) => [
  { steps, losesLastAnswer: false, dead: null },
  { steps, losesLastAnswer: true, dead: null },
  ...[0, 1, 2].map((dead) => ({ steps, losesLastAnswer: false, dead })),
]);

test.each(interruptions)(
  'a PIN that may be the right one is never called tried: change interrupted at $steps ($losesLastAnswer, $dead)',
  async ({ steps, losesLastAnswer, dead }) => {
    const [vault, firstVault] = [memoryVault(), memoryVault()];
    const first = await aClientWithPin({ vault: firstVault });
    const changing = await anotherDevice(first, { vault });
    await changing.unlock(pinOf(pin), noProgress);
    // The PIN that is about to be set was wrong here before.
    await refused(first, newPin);
    const mortal = testClient(network, { vault, fetch: mortalFetch(fetch, steps, losesLastAnswer) });
    await mortal.start();
    await mortal.changePin(pinOf(pin), pinOf(newPin), noProgress).catch(() => undefined);
    await mortal.settled();

    const faults = faultyFetch();
    if (dead !== null) faults.dead.add(network.addressOf(dead));
    const back = testClient(network, { vault: firstVault, fetch: faults.fetch });
    await back.start();
    for (const digits of [newPin, pin]) {
      const tried = await back.wasPinTried(pinOf(digits));
      // A node that was away may hold what makes these digits right.
      faults.dead.clear();
      const right = await check(back, digits).then(() => true, wrongPin);
      expect({ digits, calledTried: tried && right }).toEqual({ digits, calledTried: false });
      if (right) return;
    }
    throw new Error('neither PIN works');
  },
);

function wrongPin(error: unknown): false {
  expect(error).toMatchObject({ name: 'WrongPin' });
  return false;
}
