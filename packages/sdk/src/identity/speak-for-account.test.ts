import { routes } from '@hexkey/contract';
import {
  accountIdentityKeyPair,
  accountShard,
  type DeviceList,
  judgeDeviceList,
  Secret,
  toHex,
  verifyCredential,
} from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { entropyOfWords } from '../account/entropy-of-words.ts';
import type { HexkeyClient } from '../create-hexkey.ts';
import type { Fetch, HexkeyDeps } from '../deps.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import { mortalFetch } from '../testing/mortal-fetch.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { noProgress, pinOf, testClient } from '../testing/test-client.ts';
import { watchedLists } from '../testing/watched-lists.ts';

// A database and nodes of their own start here, beside those of other test files.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const pin = pinOf('271828');
const newPin = pinOf('314159');
const someoneKnew = true;

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(2);
});
afterAll(() => network.stop());

const random = seededRandom('signature keys');
/** As a group store gives it: one for each login. */
const signatureKeys = () => {
  const made = new Map<string, Uint8Array>();
  return async ({ deviceId }: { readonly deviceId: string }) => {
    const key = made.get(deviceId) ?? random(32);
    made.set(deviceId, key);
    return key;
  };
};

interface Owner {
  readonly lists: ReturnType<typeof watchedLists>;
  readonly vault: ReturnType<typeof memoryVault>;
  readonly client: HexkeyClient;
  readonly words: ReturnType<HexkeyClient['newWords']>;
}

async function owner(given: Partial<HexkeyDeps> = {}): Promise<Owner> {
  const lists = watchedLists();
  const vault = memoryVault();
  const client = testClient(network, { vault, fetch: lists.fetch, signatureKey: signatureKeys(), ...given });
  const words = client.newWords();
  await client.registerWithWords(words);
  await client.setPin(pin, noProgress);
  await client.settled();
  return { lists, vault, client, words };
}

/** Another device of the same owner, past its PIN. */
async function another({ lists, words }: Owner, given: Partial<HexkeyDeps> = {}): Promise<HexkeyClient> {
  const client = testClient(network, { fetch: lists.fetch, signatureKey: signatureKeys(), ...given });
  await client.loginWithWords(words);
  await client.unlock(pin, noProgress);
  await client.settled();
  return client;
}

const sessionOf = ({ place }: HexkeyClient) =>
  place.at === 'signed-out' ? expect.fail() : place.session.sessionId;
const listedNow = ({ taken }: Owner['lists']) => taken.at(-1)?.devices.map(({ deviceId }) => deviceId);
const checked = async (client: HexkeyClient) => {
  await client.checkPin(pin, noProgress);
  await client.settled();
};

async function ownCredential({ identity }: HexkeyClient) {
  const own = await identity.own();
  return own?.credential ? verifyCredential(own.credential, own.signatureKey) : null;
}

/** What a contact who sees every list makes of it: never a changed code, never a step back. */
function expectOneStory(lists: readonly DeviceList[]): void {
  const verdicts = lists.slice(1).map((next, index) => judgeDeviceList(lists[index] ?? null, next));
  expect(verdicts.filter((verdict) => verdict !== 'newer' && verdict !== 'handed-over')).toEqual([]);
}

test('the first PIN lists its device, and signs a credential that the list explains', async () => {
  const { client, lists } = await owner();
  expect(lists.taken).toHaveLength(1);
  expect(listedNow(lists)).toEqual([sessionOf(client)]);
  expect(await ownCredential(client)).toMatchObject({
    deviceId: sessionOf(client),
    aik: lists.taken[0]?.aik,
  });
  expect(lists.taken[0]?.devices[0]?.signatureKey).toEqual((await client.identity.own())?.signatureKey);
});

test('a further PIN entry changes nothing and puts no list', async () => {
  const { client, lists } = await owner();
  const before = await client.identity.own();
  await checked(client);
  expect(lists.taken).toHaveLength(1);
  expect(await client.identity.own()).toEqual(before);
});

test('a login adds its device under the same AIK; ended, logged out and left devices go', async () => {
  const ada = await owner();
  const [second, third, fourth] = [await another(ada), await another(ada), await another(ada)];
  expect(listedNow(ada.lists)).toHaveLength(4);
  await ada.client.endDevice(sessionOf(second), pin);
  await ada.client.settled();
  expect(listedNow(ada.lists)).not.toContain(sessionOf(second));
  const thirdId = sessionOf(third);
  const backup = await ada.client.recoveryKit.openWords(pin);
  await backup.confirm(ada.words);
  await third.logOut(pin);
  await third.settled();
  expect(listedNow(ada.lists)).not.toContain(thirdId);
  // Left without the PIN: nobody could sign a list then, the next entry does.
  await fourth.switchAccount();
  await checked(ada.client);
  expect(listedNow(ada.lists)).toEqual([sessionOf(ada.client)]);
  expect(new Set(ada.lists.taken.map(({ aik }) => String(aik))).size).toBe(1);
  expectOneStory(ada.lists.taken);
});

test('a log-out that is refused leaves the device on the list', async () => {
  const ada = await owner();
  const second = await another(ada);
  await expect(second.logOut(pin)).rejects.toMatchObject({ name: 'NoRecoveryMethod' });
  await second.settled();
  expect(listedNow(ada.lists)).toEqual([sessionOf(ada.client), sessionOf(second)]);
});

test('a device from before there were lists is listed at its next PIN entry', async () => {
  const { vault, lists } = await owner({ signatureKey: undefined as never });
  expect(lists.taken).toEqual([]);
  const updated = testClient(network, { vault, fetch: lists.fetch, signatureKey: signatureKeys() });
  await updated.start();
  expect(await updated.identity.own()).toBeNull();
  expect(await updated.conversationPlace()).toBe('pin-needed');
  let told = 0;
  updated.subscribe(() => {
    told += 1;
  });
  await checked(updated);
  expect(await updated.conversationPlace()).toBe('taken');
  expect(told).toBeGreaterThan(0);
  expect(listedNow(lists)).toEqual([sessionOf(updated)]);
});

test('the AIK comes of S_pin and the words together, and rests nowhere', async () => {
  const drawn: Uint8Array[] = [];
  const source = seededRandom('one owner');
  const { vault, words, lists } = await owner({
    random: (length) => {
      const bytes = source(length);
      drawn.push(bytes);
      return bytes;
    },
  });
  const entropy = entropyOfWords(words);
  const candidates = drawn
    .filter(({ length }) => length === 32)
    .map((bytes) => new Secret(Uint8Array.from(bytes)));
  const keys = candidates.map((secret) => accountIdentityKeyPair(secret, accountShard(entropy)));
  const [aik, ...others] = keys.filter(({ publicKey }) => String(publicKey) === String(lists.taken[0]?.aik));
  expect(others).toEqual([]);
  const account = await vault.currentAccount();
  const inHex = (value: unknown) =>
    JSON.stringify(value, (_, each) => (each instanceof Uint8Array ? toHex(each) : each));
  const kept = inHex([account, await vault.identityBook(account?.accountId ?? '')]);
  expect(kept).toContain(toHex(aik?.publicKey ?? new Uint8Array(1)));
  expect(kept).not.toContain(toHex(aik?.seed.reveal() ?? new Uint8Array(0)));
});

test('somebody knew the PIN: a new AIK that the old one has named, and this device alone', async () => {
  const ada = await owner();
  await another(ada);
  await ada.client.changePin(pin, newPin, noProgress, { someoneKnew });
  await ada.client.settled();
  const [before, after] = ada.lists.taken.slice(-2);
  expect(judgeDeviceList(before ?? null, after as DeviceList)).toBe('handed-over');
  expect(listedNow(ada.lists)).toEqual([sessionOf(ada.client)]);
  expect((await ownCredential(ada.client))?.aik).toEqual(after?.aik);
  expectOneStory(ada.lists.taken);
});

test('wherever a change of the secret stops, the lists of the account tell one story', async () => {
  // The server is told, 3 stages, the notice, 3 commits, the activation, the list. Stages change nothing here.
  for (const steps of [1, 5, 6, 7, 8, 9, 10]) {
    const ada = await owner();
    const dying = testClient(network, {
      vault: ada.vault,
      fetch: mortalFetch(ada.lists.fetch, steps, true),
      signatureKey: signatureKeys(),
    });
    await dying.start();
    await dying.changePin(pin, newPin, noProgress, { someoneKnew }).catch(() => undefined);
    await dying.settled();
    network.clock.advance(11 * 60_000);
    const { vault, lists } = ada;
    const resumed = testClient(network, { vault, fetch: lists.fetch, signatureKey: signatureKeys() });
    await resumed.start();
    await resumed.checkPin(newPin, noProgress).catch(() => resumed.checkPin(pin, noProgress));
    await resumed.settled();
    expect(listedNow(lists), `after ${steps} steps`).toEqual([sessionOf(resumed)]);
    expectOneStory(lists.taken);
    expect((await ownCredential(resumed))?.aik, `after ${steps} steps`).toEqual(lists.taken.at(-1)?.aik);
  }
});

test('wherever listing stops, the PIN entry is fine, and the next one ends it', async () => {
  for (let requests = 0; requests < 4; requests += 1) {
    const ada = await owner();
    const vault = memoryVault();
    const dying = testClient(network, {
      vault,
      fetch: mortalAfter(ada.lists.fetch, requests),
      signatureKey: signatureKeys(),
    });
    await dying.loginWithWords(ada.words);
    expect(await dying.unlock(pin, noProgress)).toMatchObject({ at: 'home' });
    await dying.settled();
    const resumed = testClient(network, { vault, fetch: ada.lists.fetch, signatureKey: signatureKeys() });
    await resumed.start();
    await checked(resumed);
    expect(listedNow(ada.lists)).toEqual([sessionOf(ada.client), sessionOf(resumed)]);
    const own = await resumed.identity.own();
    const listed = ada.lists.taken.at(-1)?.devices.find(({ deviceId }) => deviceId === sessionOf(resumed));
    expect(own?.signatureKey).toEqual(listed?.signatureKey);
    expectOneStory(ada.lists.taken);
  }
});

test('two devices that enter the PIN at once are both listed', async () => {
  const ada = await owner();
  const given = { fetch: ada.lists.fetch, signatureKey: signatureKeys() };
  const both = [testClient(network, given), testClient(network, given)];
  for (const client of both) await client.loginWithWords(ada.words);
  await Promise.all(both.map((client) => client.unlock(pin, noProgress)));
  for (const client of both) await client.settled();
  expect(new Set(listedNow(ada.lists))).toEqual(new Set([ada.client, ...both].map(sessionOf)));
  expectOneStory(ada.lists.taken);
});

test('the sixth device is let in without a place in conversations, and gets one when another is ended', async () => {
  const ada = await owner();
  const others = [];
  for (let count = 0; count < 4; count += 1) others.push(await another(ada));
  const sixth = await another(ada);
  expect(sixth.place.at).toBe('home');
  expect(await sixth.identity.own()).toMatchObject({ credential: null });
  expect(await sixth.conversationPlace()).toBe('none-free');
  expect(listedNow(ada.lists)).not.toContain(sessionOf(sixth));
  await sixth.endDevice(sessionOf(others[0] as HexkeyClient), pin);
  await sixth.settled();
  expect(listedNow(ada.lists)).toContain(sessionOf(sixth));
  expect((await sixth.identity.own())?.credential).not.toBeNull();
});

const listPaths = [routes.getDeviceLists, routes.putDeviceList, routes.listDevices].map(({ path }) => path);

/** Nothing about lists goes out after that many requests about them; the last one's answer is lost. */
function mortalAfter(next: Fetch, requests: number): Fetch {
  let taken = 0;
  return async (url, init) => {
    if (!listPaths.some((path) => url.endsWith(path))) return next(url, init);
    taken += 1;
    if (taken > requests) throw new TypeError('fetch failed');
    const response = await next(url, init);
    if (taken === requests) throw new TypeError('fetch failed');
    return response;
  };
}
