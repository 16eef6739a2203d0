import { isDomainError } from '@hexkey/contract';
import { Secret } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Hexkey } from '../hexkey.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import { mortalFetch } from '../testing/mortal-fetch.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { faultyFetch, noProgress, pinOf, testClient } from '../testing/test-client.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const isFull = process.env.HEXKEY_PROOF === 'full';
/** By crypt(3) of the system, not by us: `apps/api/src/legacy-accounts/fixtures`. */
const oldPin = pinOf('271828');
const oldHash = '$2a$04$abcdefghijklmnopqrstuuYQKNxgREyZpIATW0ygP/.cqCTNGIg5y';
const first = pinOf('314159');
const second = pinOf('161803');

let network: TestNetwork;
let lastNumber = 10_000;
beforeAll(async () => {
  network = await startNetwork(2);
});
afterAll(() => network.stop());

const newNumber = () => {
  lastNumber += 1;
  return `+49151123${lastNumber}`;
};

async function askCode(client: Hexkey, phone: string) {
  network.clock.advance(480_000); // no limit of codes is met
  const { verificationId } = await client.requestPhoneCode(new Secret(phone), 'login', 'en');
  return { verificationId, code: new Secret(network.sent.at(-1)?.text.reveal().slice(0, 4) ?? '') };
}

/** The tool from its beginning: the login says that it is needed, and the same code goes on. */
async function enterByOldPin(client: Hexkey, phone: string) {
  const { verificationId, code } = await askCode(client, phone);
  await expect(client.loginWithPhone(verificationId, code)).rejects.toMatchObject({ code: 20118 });
  return client.loginWithLegacyPin(verificationId, code, oldPin);
}

/** What an owner does after a crash, wherever it was. @returns the PIN that was accepted in the end */
async function goOn(client: Hexkey, phone: string) {
  let place = await client.start();
  if (place.at === 'signed-out') place = await enterByOldPin(client, phone);
  if (place.at !== 'set-pin') {
    await client.unlock(first, noProgress);
    return first;
  }
  if (place.interrupted) {
    try {
      await client.setPin(first, noProgress);
      return first;
    } catch (error) {
      if (!isDomainError(error, 'PinSetInterrupted')) throw error;
    }
  }
  // Whatever page it was begun on: the old PIN, which the server has seen, does not become the new one.
  await expect(client.setPin(pinOf(oldPin.reveal()), noProgress)).rejects.toMatchObject({
    name: 'SameAsLegacyPin',
  });
  await client.setPin(second, noProgress);
  return second;
}

/** The login, three stages, what the server prepares, three commits, the activation. */
const steps = 9;

test.each(Array.from({ length: steps + 1 }, (_, count) => count))(
  'killed after %i steps: it is finished or begun anew, one PIN works, and the hash goes with the last step',
  async (count) => {
    for (const losesLastAnswer of isFull ? [false, true] : [count % 2 === 0]) {
      const phone = newNumber();
      const account = await network.importAccount(phone, oldHash);
      const vault = memoryVault();
      const mortal = testClient(network, { vault, fetch: mortalFetch(fetch, count, losesLastAnswer) });
      const isFinished = await enterByOldPin(mortal, phone)
        .then(() => mortal.setPin(first, noProgress))
        .then(
          () => true,
          (error: unknown) => {
            expect(error).toMatchObject({ name: expect.stringMatching(/^(Offline|NodesUnavailable)$/) });
            return false;
          },
        );
      await mortal.settled();
      expect(await account.keepsHash(), 'never before the last step, always after it').toBe(count < steps);

      const client = testClient(network, { vault });
      const accepted = await goOn(client, phone);
      await client.settled();
      if (isFinished || count >= steps) expect(accepted).toBe(first);
      expect(await account.keepsHash()).toBe(false);

      const elsewhere = testClient(network);
      const old = await askCode(elsewhere, phone);
      await expect(elsewhere.loginWithLegacyPin(old.verificationId, old.code, oldPin)).rejects.toMatchObject({
        name: 'PinAlreadySet',
      });
      await elsewhere.loginWithPhone(old.verificationId, old.code);
      for (const wrong of [oldPin, accepted === first ? second : first])
        await expect(elsewhere.unlock(wrong, noProgress)).rejects.toMatchObject({ name: 'WrongPin' });
      expect(await elsewhere.unlock(accepted, noProgress)).toMatchObject({ at: 'home' });
      await elsewhere.settled();
    }
  },
);

test('the old PIN is told to the server alone and the new one to nobody; neither is kept', async () => {
  const phone = newNumber();
  await network.importAccount(phone, oldHash);
  const vault = memoryVault();
  const { fetch: noted, requests } = faultyFetch();
  const client = testClient(network, { vault, fetch: noted });
  await enterByOldPin(client, phone);
  await client.setPin(first, noProgress);
  await client.settled();
  const told = requests.filter(({ body }) => Buffer.from(body).includes(oldPin.reveal()));
  expect(told.map(({ url }) => url)).toEqual([`${network.origin}/api/v1/logins/legacy-pin`]);
  expect(requests.some(({ url, body }) => (url + Buffer.from(body)).includes(first.reveal()))).toBe(false);
  const kept = await vault.currentAccount();
  expect(kept?.session.state).toBe('full');
  expect(kept?.legacyMark).toBeUndefined();
});

test('a wrong old PIN says how many tries are left', async () => {
  const phone = newNumber();
  await network.importAccount(phone, oldHash);
  const client = testClient(network);
  const { verificationId, code } = await askCode(client, phone);
  await expect(client.loginWithLegacyPin(verificationId, code, first)).rejects.toMatchObject({
    name: 'WrongLegacyPin',
    details: { attemptsLeft: 4 },
  });
  expect(client.place).toEqual({ at: 'signed-out' });
  expect(await client.loginWithLegacyPin(verificationId, code, oldPin)).toMatchObject({ at: 'set-pin' });
});
