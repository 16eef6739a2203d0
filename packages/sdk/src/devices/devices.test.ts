import { decodeNodeRequest, toBase64url } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Hexkey } from '../hexkey.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import type { Vault } from '../storage/vault.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { type FaultyFetch, faultyFetch, noProgress, pinOf, testClient } from '../testing/test-client.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(3);
});
afterAll(() => network.stop());

const pin = pinOf('271828');
const wrong = pinOf('314159');
const notedIn = async (vault: Vault) => (await vault.currentAccount())?.devicesToForget ?? [];

/** An account on three devices, each of which has shown the PIN. */
async function threeDevices() {
  const vault = memoryVault();
  const faults = faultyFetch();
  const first = testClient(network, { vault, fetch: faults.fetch });
  const words = first.newWords();
  await first.registerWithWords(words);
  await first.setPin(pin, noProgress);
  const others = [testClient(network), testClient(network)] as const;
  for (const other of others) {
    await other.loginWithWords(words);
    await other.unlock(pin, noProgress);
  }
  return { vault, faults, first, others };
}
const idOf = ({ place }: Hexkey) => (place.at === 'signed-out' ? '' : place.session.sessionId);

test('an ended device is signed out by its next request, the others stay', async () => {
  const { first, others } = await threeDevices();
  expect((await first.devices()).map(({ isThisOne, state }) => [isThisOne, state])).toEqual([
    [true, 'full'],
    [false, 'full'],
    [false, 'full'],
  ]);
  await first.endDevice(idOf(others[0]), pin);
  await first.settled();
  await expect(others[0].account()).rejects.toMatchObject({ name: 'SessionEnded' });
  expect(others[0].place.at).toBe('signed-out');
  expect(await others[1].account()).toMatchObject({ registeredWith: 'words' });
  expect(await first.devices()).toHaveLength(2);
});

test('ending all others leaves one', async () => {
  const { first, others } = await threeDevices();
  await first.endOtherDevices(pin);
  await first.settled();
  for (const other of others) await expect(other.account()).rejects.toMatchObject({ name: 'SessionEnded' });
  expect((await first.devices()).map(({ sessionId }) => sessionId)).toEqual([idOf(first)]);
});

test('a wrong PIN ends nothing', async () => {
  const { first, vault } = await threeDevices();
  await expect(first.endOtherDevices(wrong)).rejects.toMatchObject({
    name: 'WrongPin',
    details: { attemptsLeft: 4 },
  });
  await first.settled();
  expect(await first.devices()).toHaveLength(3);
  expect(await notedIn(vault)).toEqual([]);
});

test('what would be refused anyway costs no guess', async () => {
  const { first } = await threeDevices();
  await expect(first.endDevice(idOf(first), wrong)).rejects.toMatchObject({ name: 'ThisDevice' });
  await expect(first.endDevice('nobody', wrong)).rejects.toMatchObject({
    name: 'NotFound',
    details: { what: 'device' },
  });
  await expect(first.checkPin(wrong, noProgress)).rejects.toMatchObject({ details: { attemptsLeft: 4 } });
  await first.settled();
});

/** Which node was told to forget which device, in the order of the requests. */
const toldToForget = ({ requests }: FaultyFetch) =>
  requests.flatMap(({ url, body }) => {
    if (!url.endsWith('/req')) return [];
    const request = decodeNodeRequest(body);
    return request.kind === 'ForgetDevice'
      ? [{ url: url.slice(0, -'req'.length), device: toBase64url(request.device) }]
      : [];
  });

test('every node is told to forget an ended device, and only that one', async () => {
  const { first, vault, faults, others } = await threeDevices();
  const ended = (await first.devices()).find(({ sessionId }) => sessionId === idOf(others[0]));
  await first.endDevice(idOf(others[0]), pin);
  await first.settled();
  const told = toldToForget(faults);
  expect(new Set(told.map(({ device }) => device))).toEqual(new Set([ended?.deviceKeyThumbprint]));
  expect(new Set(told.map(({ url }) => url)).size).toBe(5);
  expect(await notedIn(vault)).toEqual([]);
});

test('a node that is away is told at the next PIN entry', async () => {
  const { first, vault, faults, others } = await threeDevices();
  faults.dead.add(network.addressOf(4));
  await first.endDevice(idOf(others[0]), pin);
  await first.settled();
  expect(await notedIn(vault)).toHaveLength(1);
  await first.checkPin(pin, noProgress);
  await first.settled();
  expect(await notedIn(vault)).toHaveLength(1);
  const toldBefore = toldToForget(faults).length;
  faults.dead.clear();
  await first.checkPin(pin, noProgress);
  await first.settled();
  expect(await notedIn(vault)).toEqual([]);
  // All nodes are told again, at the same time.
  const toldNow = toldToForget(faults).slice(toldBefore);
  expect(toldNow.map(({ url }) => url)).toContain(network.addressOf(4));
});

test('with too few nodes the device is out all the same, and stays noted', async () => {
  const { first, vault, faults, others } = await threeDevices();
  let isEnding = false;
  const fetch = faults.fetch;
  const dying = testClient(network, {
    vault,
    async fetch(url, init) {
      const answer = await fetch(url, init);
      // Three nodes fall silent as soon as the server has ended the device.
      if (url.endsWith('/devices/end')) isEnding = true;
      if (isEnding) for (const node of [0, 1, 2]) faults.dead.add(network.addressOf(node));
      return answer;
    },
  });
  await dying.start();
  await dying.endDevice(idOf(others[0]), pin);
  await dying.settled();
  await expect(others[0].account()).rejects.toMatchObject({ name: 'SessionEnded' });
  expect(await notedIn(vault)).toHaveLength(1);
  expect(first.place.at).toBe('home');
});
