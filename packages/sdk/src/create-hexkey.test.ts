import { inspect } from 'node:util';
import { DomainError, problemOf, routes } from '@hexkey/contract';
import { parsePhrase, Secret, toBase64url, toHex } from '@hexkey/protocol';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Hexkey } from './hexkey.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { memoryVault } from './storage/memory-vault.ts';
import { mortalFetch } from './testing/mortal-fetch.ts';
import { startNetwork, type TestNetwork } from './testing/network.ts';
import { faultyFetch, noProgress, pinOf, testClient } from './testing/test-client.ts';

// A database and nodes of their own start here, beside those of other test files.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(3);
});
afterAll(() => network.stop());

const pin = pinOf('271828');
const wrong = pinOf('314159');

async function registerWithPin(client: Hexkey) {
  const words = client.newWords();
  await client.registerWithWords(words);
  await client.setPin(pin, noProgress);
  return words;
}

let numbers = 0;
async function enterByPhone(client: Hexkey, purpose: 'register' | 'login', phone: string) {
  network.clock.advance(61_000);
  const { verificationId } = await client.requestPhoneCode(new Secret(phone), purpose, 'en');
  const code = new Secret(/[0-9]{4}/.exec(network.sent.at(-1)?.text.reveal() ?? '')?.[0] ?? '');
  return purpose === 'register'
    ? client.registerWithPhone(verificationId, code)
    : client.loginWithPhone(verificationId, code);
}
function newPhone(): string {
  numbers += 1;
  return `+4915112345${String(numbers).padStart(3, '0')}`;
}

describe('an account by words', () => {
  test('is registered, given a PIN, lost, and opened elsewhere with words and PIN', async () => {
    const here = testClient(network);
    const words = here.newWords();
    expect(words.reveal()).toHaveLength(13);
    expect(await here.registerWithWords(words)).toMatchObject({ at: 'set-pin', interrupted: false });
    const steps: string[] = [];
    const offered = await here.setPin(pin, ({ step }) => steps.push(step));
    expect(offered.reveal()).toEqual(words.reveal());
    expect([...new Set(steps)]).toEqual(['connecting', 'exchanging', 'generating', 'registering']);
    expect(here.place).toMatchObject({ at: 'home', session: { state: 'full', pinState: 'set' } });

    const there = testClient(network);
    expect(await there.loginWithWords(words)).toMatchObject({ at: 'enter-pin' });
    expect(await there.unlock(pin, noProgress)).toMatchObject({ at: 'home' });
    expect((await there.viewWords(pin)).reveal()).toEqual(words.reveal());
    await there.setName('Ada');
    expect(await here.account()).toMatchObject({ name: 'Ada', registeredWith: 'words' });
  });

  test('a wrong PIN counts, is logged, and is cleared by the right one', async () => {
    const words = await registerWithPin(testClient(network));
    const there = testClient(network);
    await there.loginWithWords(words);
    await expect(there.unlock(wrong, noProgress)).rejects.toMatchObject({
      name: 'WrongPin',
      details: { attemptsLeft: 9 },
    });
    await expect(there.unlock(wrong, noProgress)).rejects.toMatchObject({ details: { attemptsLeft: 8 } });
    await there.settled();
    const { entries } = await there.logs();
    expect(entries.filter(({ outcome }) => outcome === 'wrong-pin')).toHaveLength(2);
    await there.unlock(pin, noProgress);
    await there.settled();
    // A device that has shown the PIN has a budget of its own.
    await expect(there.viewWords(wrong)).rejects.toMatchObject({ details: { attemptsLeft: 4 } });
  });

  test('the fifth wrong PIN locks the device for a day, and the right one is refused meanwhile', async () => {
    const client = testClient(network);
    await registerWithPin(client);
    for (const attemptsLeft of [4, 3, 2, 1])
      await expect(client.unlock(wrong, noProgress)).rejects.toMatchObject({ details: { attemptsLeft } });
    const day = 24 * 60 * 60_000;
    const locked = { name: 'PinLocked', details: { retryAfterMs: day } };
    await expect(client.unlock(wrong, noProgress)).rejects.toMatchObject(locked);
    await client.settled();
    network.clock.advance(60_000);
    await expect(client.unlock(pin, noProgress)).rejects.toMatchObject({
      name: 'PinLocked',
      details: { retryAfterMs: day - 60_000 },
    });
    network.clock.advance(day);
    expect(await client.unlock(pin, noProgress)).toMatchObject({ at: 'home' });
  });

  test('an account made here cannot be left before its words are elsewhere', async () => {
    const client = testClient(network);
    const words = await registerWithPin(client);
    expect(await client.holdsOnlyCopyOfWords()).toBe(true);
    await expect(client.switchAccount()).rejects.toMatchObject({ name: 'OnlyCopyOfWords' });
    await expect(client.logOut(pin)).rejects.toMatchObject({ name: 'OnlyCopyOfWords' });

    const there = testClient(network);
    await there.loginWithWords(words);
    expect(await there.holdsOnlyCopyOfWords()).toBe(false);
    await there.switchAccount();
    expect(there.place).toEqual({ at: 'signed-out' });
    await expect(there.account()).rejects.toMatchObject({ name: 'SessionEnded' });
  });

  test('a start finds the session, the place and what was kept', async () => {
    const vault = memoryVault();
    const words = await registerWithPin(testClient(network, { vault }));
    const again = testClient(network, { vault });
    expect(again.place).toEqual({ at: 'signed-out' });
    expect(await again.start()).toMatchObject({ at: 'home' });
    expect((await again.viewWords(pin)).reveal()).toEqual(words.reveal());
    expect((await vault.currentAccount())?.entropy?.under).toBe('pin');
  });

  test('a start without network shows where the account was last seen', async () => {
    const vault = memoryVault();
    await registerWithPin(testClient(network, { vault }));
    const fetch = () => Promise.reject(new TypeError('fetch failed'));
    const offline = testClient(network, { vault, fetch });
    expect(await offline.start()).toMatchObject({ at: 'home' });
    await expect(offline.unlock(pin, noProgress)).rejects.toMatchObject({ name: 'Offline' });
  });
});

describe('an account by phone', () => {
  test('gets its words with the PIN, and a new device restores them with code and PIN', async () => {
    const phone = newPhone();
    const here = testClient(network);
    expect(await enterByPhone(here, 'register', phone)).toMatchObject({ at: 'set-pin' });
    const words = await here.setPin(pin, noProgress);

    const vault = memoryVault();
    const there = testClient(network, { vault });
    expect(await enterByPhone(there, 'login', phone)).toMatchObject({ at: 'enter-pin' });
    expect((await vault.currentAccount())?.entropy).toBe(null);
    await there.unlock(pin, noProgress);
    expect((await vault.currentAccount())?.entropy?.under).toBe('pin');
    expect((await there.viewWords(pin)).reveal()).toEqual(words.reveal());

    const byWords = testClient(network);
    expect(await byWords.loginWithWords(words)).toMatchObject({ at: 'enter-pin' });
  });

  test('logs out with the PIN and leaves nothing here', async () => {
    const vault = memoryVault();
    const client = testClient(network, { vault });
    await enterByPhone(client, 'register', newPhone());
    await client.setPin(pin, noProgress);
    const accountId = (await vault.currentAccount())?.accountId ?? '';
    await expect(client.logOut(wrong)).rejects.toMatchObject({ name: 'WrongPin' });
    expect(client.place.at).toBe('home');
    await client.logOut(pin);
    expect(client.place).toEqual({ at: 'signed-out' });
    expect(await vault.account(accountId)).toBe(null);
  });
});

describe('a registration whose answer is lost', () => {
  test('is finished by the next start with the same words', async () => {
    const vault = memoryVault();
    const lossy: typeof fetch = async (url, init) => {
      const response = await fetch(url, init);
      if (String(url).endsWith(routes.registerWithWords.path)) throw new TypeError('fetch failed');
      return response;
    };
    const first = testClient(network, { vault, fetch: lossy as never });
    const words = first.newWords();
    await expect(first.registerWithWords(words)).rejects.toMatchObject({ name: 'Offline' });
    const second = testClient(network, { vault });
    expect(await second.start()).toMatchObject({ at: 'set-pin', interrupted: false });
    expect((await second.setPin(pin, noProgress)).reveal()).toEqual(words.reveal());
  });
});

test('weak PINs and wrong words are refused without a request', () => {
  const fetch = () => Promise.reject(new Error('a request was made'));
  const client = testClient(network, { fetch });
  for (const weak of ['123456', '111111', '111222', '12345', '1234567', 'abcdef', ''])
    expect(() => client.checkNewPin(pinOf(weak))).toThrow(expect.objectContaining({ name: 'WeakPin' }));
  client.checkNewPin(pinOf('112233'));
  const words = client.newWords().reveal();
  const swapped = new Secret(['zzz', ...words.slice(1)]);
  expect(() => client.checkWords(swapped)).toThrow(
    expect.objectContaining({ name: 'InvalidPhrase', details: { problem: 'unknown-word', wordIndex: 0 } }),
  );
});

describe('finishing a set that left nothing to finish', () => {
  /** The server was told of a PIN, and the process died before the first commit. */
  async function preparedVault() {
    const vault = memoryVault();
    const registered = testClient(network, { vault });
    await registered.registerWithWords(registered.newWords());
    const steps = network.set.nodeSet.nodes.length + 1;
    const mortal = testClient(network, { vault, fetch: mortalFetch(fetch, steps, false) });
    await expect(mortal.setPin(pin, noProgress)).rejects.toMatchObject({ name: 'NodesUnavailable' });
    return vault;
  }

  test('a PIN that was typed once is never taken for a new one, however often it is retried', async () => {
    const vault = await preparedVault();
    const faults = faultyFetch();
    const nodes = [0, 1, 2].map((node) => network.addressOf(node));
    for (const node of nodes) faults.dead.add(node);
    const client = testClient(network, { vault, fetch: faults.fetch });
    // With too few nodes to ask, the owner is asked for the PIN of the set.
    expect(await client.start()).toMatchObject({ at: 'set-pin', interrupted: true });
    faults.dead.clear();
    const once = pinOf('271828');
    for (const attempt of [1, 2]) {
      await expect(client.setPin(once, noProgress), `attempt ${attempt}`).rejects.toMatchObject({
        name: 'PinSetInterrupted',
      });
      expect(client.place).toMatchObject({ at: 'set-pin', interrupted: false });
    }
    await client.setPin(wrong, noProgress);
    expect(client.place.at).toBe('home');
  });

  test('a chosen PIN that failed is retried as chosen', async () => {
    const vault = memoryVault();
    const faults = faultyFetch();
    const steps = network.set.nodeSet.nodes.length + 1;
    const dying = mortalFetch(fetch, steps, false);
    let isDying = false;
    const client = testClient(network, {
      vault,
      fetch: (url, init) => (isDying ? dying : faults.fetch)(url, init),
    });
    await client.registerWithWords(client.newWords());
    isDying = true;
    await expect(client.setPin(pin, noProgress)).rejects.toMatchObject({ name: 'NodesUnavailable' });
    isDying = false;
    expect(client.place).toMatchObject({ interrupted: true });
    await client.setPin(pin, noProgress);
    expect(client.place.at).toBe('home');
  });
});

test('a phone account whose first set stopped keeps its words, and their own budget at the nodes', async () => {
  const vault = memoryVault();
  const phone = newPhone();
  const registered = testClient(network, { vault });
  await enterByPhone(registered, 'register', phone);
  const steps = network.set.nodeSet.nodes.length + 2;
  const mortal = testClient(network, { vault, fetch: mortalFetch(fetch, steps, false) });
  await expect(mortal.setPin(pin, noProgress)).rejects.toMatchObject({ name: 'NodesUnavailable' });
  const resumed = testClient(network, { vault });
  expect(await resumed.start()).toMatchObject({ at: 'set-pin', interrupted: true });
  const words = await resumed.setPin(pin, noProgress);

  const byPhone = testClient(network);
  await enterByPhone(byPhone, 'login', phone);
  await expect(byPhone.unlock(wrong, noProgress)).rejects.toMatchObject({ details: { attemptsLeft: 9 } });
  const byWords = testClient(network);
  await byWords.loginWithWords(words);
  await expect(byWords.unlock(wrong, noProgress)).rejects.toMatchObject({ details: { attemptsLeft: 9 } });
});

test('a device that began the first set of a phone account which another one ended takes the words of that', async () => {
  const vault = memoryVault();
  const phone = newPhone();
  await enterByPhone(testClient(network, { vault }), 'register', phone);
  const steps = network.set.nodeSet.nodes.length + 2;
  const mortal = testClient(network, { vault, fetch: mortalFetch(fetch, steps, false) });
  await expect(mortal.setPin(pin, noProgress)).rejects.toMatchObject({ name: 'NodesUnavailable' });

  const other = testClient(network);
  await enterByPhone(other, 'login', phone);
  const words = await other.setPin(pin, noProgress);
  const again = testClient(network, { vault });
  expect(await again.start()).toMatchObject({ at: 'enter-pin' });
  await again.unlock(pin, noProgress);
  expect((await again.viewWords(pin)).reveal()).toEqual(words.reveal());
});

test.each(['register', 'login'] as const)(
  'a right code whose answer was lost is repeated by a retry: %s',
  async (purpose) => {
    const phone = newPhone();
    if (purpose === 'login') await enterByPhone(testClient(network), 'register', phone);
    let lost = 0;
    const client = testClient(network, {
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        const path = routes[purpose === 'register' ? 'registerWithPhone' : 'loginWithPhone'].path;
        if (!url.endsWith(path) || lost > 0) return response;
        lost += 1;
        throw new TypeError('fetch failed');
      },
    });
    network.clock.advance(61_000);
    const { verificationId } = await client.requestPhoneCode(new Secret(phone), purpose, 'en');
    const code = new Secret(/[0-9]{4}/.exec(network.sent.at(-1)?.text.reveal() ?? '')?.[0] ?? '');
    const enter = () =>
      purpose === 'register'
        ? client.registerWithPhone(verificationId, code)
        : client.loginWithPhone(verificationId, code);
    await expect(enter()).rejects.toMatchObject({ name: 'Offline' });
    expect(await enter()).toMatchObject({ at: 'set-pin' });
  },
);

test('two tabs that set the first PIN at once set one', async () => {
  const vault = memoryVault();
  const alone = oneAtATime();
  const tab = testClient(network, { vault, alone });
  await tab.registerWithWords(tab.newWords());
  const second = testClient(network, { vault, alone });
  await second.start();
  const [here, there] = await Promise.allSettled([
    tab.setPin(pin, noProgress),
    second.setPin(pinOf('161803'), noProgress),
  ]);
  expect(here.status).toBe('fulfilled');
  expect(there).toMatchObject({ reason: { name: 'PinAlreadySet' } });
  expect(second.place).toMatchObject({ at: 'home' });
  await second.viewWords(pin);
});

describe('a session that the server has ended', () => {
  test('leads to the landing page, and the sealed entropy stays', async () => {
    const vault = memoryVault();
    const client = testClient(network, { vault });
    await registerWithPin(client);
    const accountId = (await vault.currentAccount())?.accountId ?? '';
    const refusal = JSON.stringify(problemOf(new DomainError('SessionEnded', {})));
    const fetch = async () => new Response(refusal, { status: 401 });
    const later = testClient(network, { vault, fetch });
    let told = 0;
    later.subscribe(() => {
      told += 1;
    });
    expect(await later.start()).toEqual({ at: 'signed-out' });
    expect(told).toBe(1);
    expect((await vault.account(accountId))?.entropy?.under).toBe('pin');
    await expect(later.unlock(pin, noProgress)).rejects.toMatchObject({ name: 'SessionEnded' });
  });
});

test('another node set than the first one stops the PIN', async () => {
  const vault = memoryVault();
  const client = testClient(network, { vault });
  await registerWithPin(client);
  const kept = await vault.currentAccount();
  if (kept === null) throw new Error('nothing was kept');
  expect(kept.nodeSetHash).toEqual(network.set.hash);
  await vault.keepAccount({ ...kept, nodeSetHash: new Uint8Array(32) });
  await expect(client.unlock(pin, noProgress)).rejects.toMatchObject({ name: 'NodeSetMismatch' });
  const forged = testClient(network, { vault, operatorKey: new Uint8Array(32).fill(1) });
  await expect(forged.unlock(pin, noProgress)).rejects.toMatchObject({ name: 'NodeSetMismatch' });
});

test('two PIN entries at once are made one after the other', async () => {
  const client = testClient(network);
  await registerWithPin(client);
  const entries = await Promise.allSettled([
    client.unlock(wrong, noProgress),
    client.unlock(wrong, noProgress),
  ]);
  expect(entries.map((entry) => entry.status === 'rejected' && entry.reason.details.attemptsLeft)).toEqual([
    4, 3,
  ]);
});

test('words have a budget of guesses of their own: whoever has the number cannot use it up', async () => {
  const phone = newPhone();
  const here = testClient(network);
  await enterByPhone(here, 'register', phone);
  const words = await here.setPin(pin, noProgress);
  const thief = testClient(network);
  await enterByPhone(thief, 'login', phone);
  for (const attemptsLeft of [9, 8, 7])
    await expect(thief.unlock(wrong, noProgress)).rejects.toMatchObject({ details: { attemptsLeft } });
  const owner = testClient(network);
  await owner.loginWithWords(words);
  await expect(owner.unlock(wrong, noProgress)).rejects.toMatchObject({ details: { attemptsLeft: 9 } });
  expect(await owner.unlock(pin, noProgress)).toMatchObject({ at: 'home' });
});

test('neither PIN nor words nor entropy leave the device, and none of them rests on it in the clear', async () => {
  const vault = memoryVault();
  const faults = faultyFetch();
  const client = testClient(network, { vault, fetch: faults.fetch });
  const words = client.newWords();
  await client.registerWithWords(words);
  await client.setPin(pin, noProgress);
  await client.unlock(wrong, noProgress).catch(() => undefined);
  await client.viewWords(pin);
  await client.settled();
  const verdict = parsePhrase(words);
  if (!verdict.ok) throw new Error(verdict.problem);
  const entropy = Buffer.from(verdict.entropy.reveal());
  const kept = await vault.currentAccount();
  const places = [
    ...faults.requests.map(({ url, body }) => Buffer.concat([Buffer.from(url), body])),
    Buffer.from(kept?.entropy?.under === 'pin' ? kept.entropy.sealed : []),
    Buffer.from(inspect(kept, { depth: 9 })),
  ];
  // A full journey: every kind of request is among them.
  expect(places.length).toBeGreaterThan(40);
  const texts = [
    pin.reveal(),
    wrong.reveal(),
    words.reveal().join(' '),
    words.reveal().slice(0, 3).join(' '),
  ];
  const canaries = [...texts, toBase64url(entropy), toHex(entropy)].map((text) => Buffer.from(text));
  for (const canary of [...canaries, entropy])
    expect(places.filter((place) => place.includes(canary))).toEqual([]);
});
