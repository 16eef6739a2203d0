import { isDomainError } from '@hexkey/contract';
import { memoryStore, type PinStore } from '@hexkey/pin-node';
import { Secret } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { HexkeyClient } from '../create-hexkey.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { faultyFetch, noProgress, pinOf, testClient } from '../testing/test-client.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const day = 24 * 60 * 60_000;
const pin = pinOf('271828');
let network: TestNetwork;
const stores: PinStore[] = [];
const written: Map<string, Uint8Array>[] = [];

beforeAll(async () => {
  network = await startNetwork(2, undefined, (node) => {
    const store = stores[node] ?? spied(node);
    stores[node] = store;
    // Closing forgets nothing of a store in memory: a restart finds it as it was.
    return { ...store, close: async () => undefined };
  });
});
afterAll(() => network.stop());

/** Knows the ids of the records that a node has written. */
function spied(node: number): PinStore {
  const store = memoryStore();
  const ids = new Map<string, Uint8Array>();
  written[node] = ids;
  return {
    ...store,
    replace(recordId, ...rest) {
      ids.set(Buffer.from(recordId).toString('hex'), recordId);
      return store.replace(recordId, ...rest);
    },
  };
}

async function owner(given: Parameters<typeof testClient>[1] = {}) {
  const vault = memoryVault();
  const before = new Set(written[0]?.keys());
  const client = testClient(network, { vault, ...given });
  const words = client.newWords();
  await client.registerWithWords(words);
  await client.setPin(pin, noProgress);
  await client.settled();
  const { accountId, hexkeyId } = await client.account();
  const [recordId] = [...(written[0] ?? [])].filter(([name]) => !before.has(name)).map(([, id]) => id);
  if (recordId === undefined) throw new Error('the nodes have no record');
  const heldBy = async () => {
    const rows = await Promise.all(stores.map((store) => store.read(recordId)));
    return rows.map((row) => row !== null);
  };
  return { client, vault, words, accountId, hexkeyId, recordId, heldBy };
}

async function askToDelete(client: HexkeyClient): Promise<void> {
  const flow = await client.deletion.open(pin);
  await flow.prepare('en');
  await flow.confirm({ pin, code: null, erasesDevice: false });
}

/** The server starts anew, and does what is due. */
const restartServer = () => network.serves([network.document]);
const until = (holds: () => Promise<boolean>) => vi.waitUntil(holds, { timeout: 60_000, interval: 20 });

test('an account is deleted on its day, at the server and at every node, by the order of its PIN alone', async () => {
  const { client, words, heldBy } = await owner();
  await askToDelete(client);
  expect(client.place.at).toBe('signed-out');
  network.clock.advance(30 * day - 1);
  await restartServer();
  const early = testClient(network);
  await early.loginWithWords(words);
  expect(await early.deletion.pending()).not.toBeNull();
  await early.switchAccount();
  expect(await heldBy()).toEqual([true, true, true]);
  network.clock.advance(1);
  await restartServer();
  await until(async () => !(await heldBy()).includes(true));
  await expect(testClient(network).loginWithWords(words)).rejects.toMatchObject({ name: 'NotFound' });
  const fresh = testClient(network);
  await fresh.registerWithWords(words);
  await fresh.setPin(pin, noProgress);
  expect(fresh.place.at).toBe('home');
});

test('who comes back with the PIN keeps the account, and no node obeys the order any more', async () => {
  const { client, vault, words, heldBy } = await owner();
  await askToDelete(client);
  const back = testClient(network, { vault });
  await back.loginWithWords(words);
  await expect(back.unlock(pin, noProgress)).rejects.toMatchObject({ name: 'DeletionPending' });
  await back.unlock(pin, noProgress, { keepsAccount: true });
  expect(back.place.at).toBe('home');
  network.clock.advance(31 * day);
  await restartServer();
  // A connection to the server before may break the first request.
  await vi.waitFor(() => back.account(), { timeout: 60_000 });
  expect((await back.viewWords(pin)).reveal()).toEqual(words.reveal());
  expect(await heldBy()).toEqual([true, true, true]);
});

test('a node that is down on the day erases when it is back, and one put back from a backup erases again', async () => {
  const { client, recordId, heldBy } = await owner();
  await askToDelete(client);
  const copy = await (stores[1] as PinStore).read(recordId);
  if (copy === null) throw new Error('node 1 has no record');
  network.clock.advance(30 * day);
  // Away while the server does what is due; `change` runs between stop and start.
  await network.restart(0, () => undefined);
  const real = (stores[0] as PinStore).erase;
  let isAway = true;
  (stores[0] as { erase: PinStore['erase'] }).erase = (...given) =>
    isAway ? Promise.reject(new Error('the disk is away')) : real(...given);
  await network.restart(0, () => undefined);
  await restartServer();
  await until(async () => (await heldBy()).join() === 'true,false,false');
  isAway = false;
  network.clock.advance(10 * 60_000);
  await restartServer();
  await until(async () => !(await heldBy()).includes(true));
  await (stores[1] as PinStore).replace(recordId, 0, copy.record, { entries: [], forgetBeforeMs: null });
  expect(await heldBy()).toEqual([false, true, false]);
  network.clock.advance(day);
  await restartServer();
  await until(async () => !(await heldBy()).includes(true));
});

test('taking it back needs so many nodes that those left could not take the PIN along', async () => {
  const { client, words } = await owner();
  await askToDelete(client);
  const { fetch: unreliable, dead } = faultyFetch();
  const back = testClient(network, { fetch: unreliable });
  await back.loginWithWords(words);
  const erases = [0, 1].map((node) => `${network.addressOf(node)}erase`);
  for (const address of erases) dead.add(address);
  await expect(back.unlock(pin, noProgress, { keepsAccount: true })).rejects.toMatchObject({
    name: 'NodesUnavailable',
    details: { reachable: 1, needed: 2 },
  });
  expect(await back.deletion.pending()).not.toBeNull();
  dead.delete(erases[0] as string);
  await back.unlock(pin, noProgress, { keepsAccount: true });
  expect(back.place.at).toBe('home');
});

test('a client that is stopped at any request of asking or taking back has done one or the other, and goes on', async () => {
  for (const path of ['/deletion', '/deletion/cancel', '/session/unlock'])
    for (const losesAnswer of [false, true]) {
      const { client, words, vault, heldBy } = await owner({ fetch: stoppedAt(path, losesAnswer) });
      await quietly(askToDelete(client));
      const next = testClient(network, { vault });
      await next.start();
      if (next.place.at === 'home') await askToDelete(next);
      const back = testClient(network, { fetch: stoppedAt(path, losesAnswer) });
      await back.loginWithWords(words);
      expect(await back.deletion.pending(), path).not.toBeNull();
      await quietly(back.unlock(pin, noProgress, { keepsAccount: true }));
      await back.unlock(pin, noProgress, { keepsAccount: true });
      expect(back.place.at).toBe('home');
      expect(await back.deletion.pending()).toBeNull();
      expect(await heldBy()).toEqual([true, true, true]);
    }
});

test('what this device keeps stays, or goes when its owner says so; a wrong PIN asks for nothing', async () => {
  const kept = await owner();
  await askToDelete(kept.client);
  expect(await kept.vault.account(kept.accountId)).not.toBeNull();
  const erased = await owner();
  const flow = await erased.client.deletion.open(pin);
  await flow.prepare('en');
  const wrong = new Secret('314159');
  await expect(flow.confirm({ pin: wrong, code: null, erasesDevice: true })).rejects.toMatchObject({
    name: 'WrongPin',
  });
  expect(erased.client.place.at).toBe('home');
  await flow.confirm({ pin, code: null, erasesDevice: true });
  expect(await erased.vault.account(erased.accountId)).toBeNull();
});

/** The first request to that path is lost, or its answer is. */
function stoppedAt(path: string, losesAnswer: boolean) {
  let isDone = false;
  return async (url: string, init: RequestInit) => {
    if (isDone || !url.endsWith(path) || init.method !== 'POST') return fetch(url, init);
    isDone = true;
    if (losesAnswer) await fetch(url, init);
    throw new TypeError('fetch failed');
  };
}

async function quietly(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isDomainError(error, 'Offline')) throw error;
  }
}
