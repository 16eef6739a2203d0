import { routes } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Fetch } from '../deps.ts';
import type { Hexkey } from '../hexkey.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import { mortalFetch } from '../testing/mortal-fetch.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { noProgress, pinOf, testClient } from '../testing/test-client.ts';

// A database and nodes of their own start here, beside those of other test files.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const oldPin = pinOf('271828');
const newPin = pinOf('314159');
const someoneKnew = true;

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(2);
});
afterAll(() => network.stop());

/** With 3 nodes: the server is told, 3 stages, the notice, 3 commits, the activation. */
const stepsInAll = 9;

async function ownerByWords() {
  const vault = memoryVault();
  const client = testClient(network, { vault });
  const words = client.newWords();
  await client.registerWithWords(words);
  await client.setPin(oldPin, noProgress);
  await client.settled();
  return { vault, client, words };
}

let numbers = 0;
async function ownerByPhone() {
  numbers += 1;
  const phone = new Secret(`+4915155500${String(numbers).padStart(3, '0')}`);
  const enter = async (client: Hexkey, purpose: 'register' | 'login') => {
    const { verificationId } = await client.requestPhoneCode(phone, purpose, 'en');
    const code = new Secret(network.sent.at(-1)?.text.reveal().slice(0, 4) ?? '');
    network.clock.advance(61_000);
    return purpose === 'register'
      ? client.registerWithPhone(verificationId, code)
      : client.loginWithPhone(verificationId, code);
  };
  const vault = memoryVault();
  const client = testClient(network, { vault });
  await enter(client, 'register');
  const words = await client.setPin(oldPin, noProgress);
  await client.settled();
  return { vault, client, words, login: (other: Hexkey) => enter(other, 'login') };
}

/** Stops a change on the device of a vault. */
async function stopped(vault: ReturnType<typeof memoryVault>, steps: number, next: Fetch = fetch) {
  const mortal = testClient(network, { vault, fetch: mortalFetch(next, steps, false) });
  await mortal.start();
  await mortal.changePin(oldPin, newPin, noProgress, { someoneKnew }).catch(() => undefined);
  await mortal.settled();
  network.clock.advance(11 * 60_000);
}

describe('somebody knew the PIN', () => {
  test('every other device is logged out, here the account and its words go on', async () => {
    const { client, words } = await ownerByWords();
    const elsewhere = testClient(network);
    await elsewhere.loginWithWords(words);
    await elsewhere.unlock(oldPin, noProgress);
    await client.changePin(oldPin, newPin, noProgress, { someoneKnew });
    await expect(elsewhere.account()).rejects.toMatchObject({ name: 'SessionEnded' });
    expect(elsewhere.place).toEqual({ at: 'signed-out' });
    expect((await client.viewWords(newPin)).reveal()).toEqual(words.reveal());
    await expect(client.checkPin(oldPin, noProgress)).rejects.toMatchObject({ name: 'WrongPin' });
    const { entries } = await client.logs();
    expect(entries.map(({ operation }) => operation)).toContain(routes.activateNewSecret.name);
    await client.settled();
    await elsewhere.settled();
  });

  test('an ended device is let in again with the words and the new PIN', async () => {
    const { client, words } = await ownerByWords();
    const elsewhere = testClient(network);
    await elsewhere.loginWithWords(words);
    await elsewhere.unlock(oldPin, noProgress);
    await client.changePin(oldPin, newPin, noProgress, { someoneKnew });
    await elsewhere.loginWithWords(words);
    expect(await elsewhere.unlock(newPin, noProgress)).toMatchObject({ at: 'home' });
    expect((await elsewhere.viewWords(newPin)).reveal()).toEqual(words.reveal());
    await client.settled();
    await elsewhere.settled();
  });

  test('the secret is another one: what opened under the old one opens no more', async () => {
    const { vault, client } = await ownerByWords();
    const before = (await vault.currentAccount())?.entropy;
    await client.changePin(oldPin, newPin, noProgress, { someoneKnew });
    const account = (await vault.currentAccount()) ?? expect.fail('the account is gone');
    expect(account.entropy).not.toHaveProperty('next');
    await vault.keepAccount({ ...account, entropy: before ?? null });
    await expect(client.viewWords(newPin)).rejects.toMatchObject({ name: 'SecretReplaced' });
    await client.settled();
  });
});

describe('the device is lost in the middle', () => {
  test('a phone login gets in with whichever PIN t nodes hold, and its words are the same', async () => {
    for (let steps = 1; steps <= stepsInAll; steps += 1) {
      const { vault, words, login } = await ownerByPhone();
      await stopped(vault, steps);
      const found = testClient(network);
      await login(found);
      const accepted = await found.unlock(newPin, noProgress).then(
        () => newPin,
        async () => {
          await found.unlock(oldPin, noProgress);
          return oldPin;
        },
      );
      expect((await found.viewWords(accepted)).reveal(), `after ${steps} steps`).toEqual(words.reveal());
      await found.settled();
    }
  });

  test('and the old PIN still wins where both are good', async () => {
    const { vault, words, login } = await ownerByPhone();
    await stopped(vault, 6);
    const found = testClient(network);
    await login(found);
    expect(await found.unlock(oldPin, noProgress)).toMatchObject({ at: 'home' });
    await found.settled();
    await expect(found.checkPin(newPin, noProgress)).rejects.toMatchObject({ name: 'WrongPin' });
    expect((await found.viewWords(oldPin)).reveal()).toEqual(words.reveal());
    await found.settled();
  });
});

test('a device that cannot reach the words with the new PIN ends nothing: the one that can is still there', async () => {
  const { vault, words } = await ownerByWords();
  const elsewhere = testClient(network);
  await elsewhere.loginWithWords(words);
  await elsewhere.unlock(oldPin, noProgress);
  await elsewhere.settled();
  await stopped(vault, stepsInAll - 1);
  await expect(elsewhere.checkPin(newPin, noProgress)).rejects.toMatchObject({ name: 'SecretReplaced' });
  await elsewhere.settled();

  const resumed = testClient(network, { vault });
  expect(await resumed.start()).toMatchObject({ at: 'home', changeInterrupted: true });
  await resumed.checkPin(newPin, noProgress);
  expect((await resumed.viewWords(newPin)).reveal()).toEqual(words.reveal());
  await expect(elsewhere.account()).rejects.toMatchObject({ name: 'SessionEnded' });
  await resumed.settled();
});

test('two devices that replace the secret at once leave one PIN, and the server knows its key', async () => {
  const { client, words } = await ownerByWords();
  const elsewhere = testClient(network);
  await elsewhere.loginWithWords(words);
  await elsewhere.unlock(oldPin, noProgress);
  const otherPin = pinOf('161803');
  await Promise.allSettled([
    client.changePin(oldPin, newPin, noProgress, { someoneKnew }),
    elsewhere.changePin(oldPin, otherPin, noProgress, { someoneKnew }),
  ]);
  await client.settled();
  await elsewhere.settled();
  const accepted: string[] = [];
  for (const pin of [oldPin, newPin, otherPin]) {
    network.clock.advance(11 * 60_000);
    const fresh = testClient(network);
    await fresh.loginWithWords(words);
    const isGood = await fresh.unlock(pin, noProgress).then(
      () => true,
      () => false,
    );
    if (isGood) accepted.push(pin.reveal());
    await fresh.settled();
  }
  expect(accepted).toHaveLength(1);
});
