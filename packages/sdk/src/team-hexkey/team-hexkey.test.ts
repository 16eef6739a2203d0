import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { OtherPages } from '../deps.ts';
import type { Hexkey } from '../hexkey.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import type { Vault } from '../storage/vault.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { noProgress, pinOf, testClient } from '../testing/test-client.ts';
import { testSocketLink } from '../testing/test-socket-link.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(2);
});
afterAll(() => network.stop());

const pin = pinOf('271828');
const until = (holds: () => boolean | Promise<boolean>) =>
  vi.waitUntil(holds, { timeout: 60_000, interval: 10 });
const isLive = (client: Hexkey) => until(() => client.teamHexkey.connection === 'live');
const kindsOf = async (client: Hexkey) =>
  (await client.teamHexkey.messages()).map(({ message }) => message?.kind ?? null);

/** A device of a new account, connected. */
async function connected(
  vault: Vault = memoryVault(),
  socket = testSocketLink(network),
  otherPages?: OtherPages,
) {
  const client = testClient(network, { vault, socket, ...(otherPages && { otherPages }) });
  const words = client.newWords();
  await client.registerWithWords(words);
  await client.setPin(pin, noProgress);
  const disconnect = client.teamHexkey.connect();
  await isLive(client);
  return { client, words, vault, socket, disconnect };
}

/** A second device logs in: that is what the first one is told. */
async function logInElsewhere(words: ReturnType<Hexkey['newWords']>): Promise<Hexkey> {
  const other = testClient(network);
  await other.loginWithWords(words);
  return other;
}

test('a notice reaches a connected device live, once, and is unread until it was looked at', async () => {
  const { client, words, disconnect } = await connected();
  let told = 0;
  client.teamHexkey.subscribe(() => {
    told += 1;
  });
  await logInElsewhere(words);
  await until(async () => (await kindsOf(client)).length === 1);
  expect(await client.teamHexkey.messages()).toMatchObject([
    { isRead: false, message: { kind: 'newLogin', parameters: { method: 'words' } } },
  ]);
  expect(told).toBeGreaterThan(0);
  await client.teamHexkey.markAllRead();
  expect(await client.teamHexkey.messages()).toMatchObject([{ isRead: true }]);
  disconnect();
});

test('what came while a device was away is there when it comes back, in order, and once', async () => {
  const { client, words, socket, disconnect, vault } = await connected();
  disconnect();
  await until(() => client.teamHexkey.connection === 'off');
  await logInElsewhere(words);
  network.clock.advance(60_000);
  await logInElsewhere(words);
  expect(await kindsOf(client)).toEqual([]);
  // A start of the same device, as after a reload: its keys and messages are in the vault.
  const again = testClient(network, { vault, socket });
  await again.start();
  const end = again.teamHexkey.connect();
  await until(async () => (await kindsOf(again)).length === 2);
  const times = (await again.teamHexkey.messages()).map(({ sentAtMs }) => sentAtMs);
  expect(times).toEqual([...times].sort((left, right) => left - right));
  end();
});

test('what the page with the socket has stored is news for the other pages of the browser', async () => {
  const pages: (() => void)[] = [];
  const otherPages = {
    tell: () => {
      for (const page of pages) page();
    },
  };
  const { words, vault, disconnect } = await connected(memoryVault(), undefined, {
    ...otherPages,
    listen: () => undefined,
  });
  const second = testClient(network, {
    vault,
    otherPages: { tell: () => undefined, listen: (onTold) => pages.push(onTold) },
  });
  await second.start();
  let told = 0;
  second.teamHexkey.subscribe(() => {
    told += 1;
  });
  await logInElsewhere(words);
  await until(() => told > 0);
  expect(await kindsOf(second)).toEqual(['newLogin']);
  disconnect();
});

test('a lost connection is made again', async () => {
  const { client, words, socket, disconnect } = await connected();
  socket.opened.at(-1)?.close();
  await until(() => socket.opened.length === 2);
  await isLive(client);
  await logInElsewhere(words);
  await until(async () => (await kindsOf(client)).length === 1);
  disconnect();
});

test('a message that the store could not keep is not acked, and comes again', async () => {
  const vault = memoryVault();
  let refusals = 2;
  const failing: Vault = {
    ...vault,
    async changeTeamBox(accountId, change) {
      const box = change(await vault.teamBox(accountId));
      if (box.messages !== null && refusals > 0) {
        refusals -= 1;
        throw new Error('the disk is full');
      }
      await vault.changeTeamBox(accountId, change);
    },
  };
  const bugs: unknown[] = [];
  const socket = testSocketLink(network);
  const client = testClient(network, { vault: failing, socket, reportBug: (error) => bugs.push(error) });
  const words = client.newWords();
  await client.registerWithWords(words);
  await client.setPin(pin, noProgress);
  const disconnect = client.teamHexkey.connect();
  await isLive(client);
  await logInElsewhere(words);
  await until(async () => (await kindsOf(client)).length === 1);
  expect(bugs).toHaveLength(2);
  expect(socket.opened.length).toBeGreaterThan(2);
  disconnect();
});

test('what another key than the one compiled in has signed is shown to nobody', async () => {
  const strange = { ...testSocketLink(network), teamKey: new Uint8Array(32).fill(7) };
  const { client, words, disconnect } = await connected(memoryVault(), strange);
  await logInElsewhere(words);
  // The hello, and the ack by which it is thrown away.
  await until(() => strange.framesSent() === 2);
  expect(await kindsOf(client)).toEqual([]);
  disconnect();
});

test('a device that was ended leaves its account, told by the socket', async () => {
  const { client, words, disconnect } = await connected();
  const other = await logInElsewhere(words);
  await other.unlock(pin, noProgress);
  await other.endOtherDevices(pin);
  await until(() => client.place.at === 'signed-out');
  expect(client.teamHexkey.connection).toBe('off');
  disconnect();
});

test('messages rest sealed: a code is nowhere in what is kept', async () => {
  const { client, words, vault, disconnect } = await connected();
  await logInElsewhere(words);
  await until(async () => (await kindsOf(client)).length === 1);
  const account = await vault.currentAccount();
  const box = await vault.teamBox(account?.accountId ?? '');
  const rest = JSON.stringify(box, (_key, value) => (value instanceof Uint8Array ? [...value] : value));
  expect(Buffer.from(box.messages?.ciphertext ?? []).includes('newLogin')).toBe(false);
  expect(rest).not.toContain('newLogin');
  disconnect();
});
