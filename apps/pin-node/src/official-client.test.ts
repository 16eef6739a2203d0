import { fixedClock, seededRandom } from '@hexkey/testing';
import type * as Juicebox from 'juicebox-sdk';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type NodeNetwork, startNodeNetwork } from './testing/node-network.ts';
import { loadOfficialClient } from './testing/official-client.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const bytes = (text: string) => new TextEncoder().encode(text);
const rightPin = bytes('120953');
const wrongPin = bytes('120954');
const info = bytes('account');
const secret = bytes('thirty-two bytes of S_pin ......');

let juicebox: typeof Juicebox;
let clock: ReturnType<typeof fixedClock>;
let network: NodeNetwork;
const realFetch = globalThis.fetch;

beforeAll(async () => {
  juicebox = await loadOfficialClient();
});
beforeEach(async () => {
  clock = fixedClock('2030-01-01');
  network = await startNodeNetwork(5, { clock, random: seededRandom('official client') });
  useSession('session-1');
});
afterEach(async () => {
  globalThis.fetch = realFetch;
  await network.stop();
});

/** The official client takes its tokens from a global function. */
function useSession(sessionId: string): void {
  Object.assign(globalThis, {
    JuiceboxGetAuthToken: async (realmId: Uint8Array) =>
      network.token(Buffer.from(realmId).toString('hex'), 'alice', { sessionId }),
  });
}

function client(pinHashing: 'FastInsecure' | 'Standard2019' = 'FastInsecure'): Juicebox.Client {
  const configuration = new juicebox.Configuration({
    realms: network.nodes.map((node) => ({ id: node.realmId, address: node.address })),
    register_threshold: 5,
    recover_threshold: 3,
    pin_hashing_mode: pinHashing,
  });
  return new juicebox.Client(configuration, []);
}
const register = (pin = rightPin) => client().register(pin, secret, info, 5);
const recover = (pin = rightPin) => client().recover(pin, info);

/** What a wrong PIN costs, as the official client reports it: the reason and the guesses left. */
async function recoverError(pin = wrongPin): Promise<string> {
  try {
    await recover(pin);
  } catch (error) {
    const { reason, guesses_remaining: left } = error as Juicebox.RecoverError;
    return `${['InvalidPin', 'NotRegistered', 'InvalidAuth', 'UpgradeRequired', 'RateLimitExceeded', 'Assertion', 'Transient'][reason]}${left === undefined ? '' : ` ${left}`}`;
  }
  return 'recovered';
}

test('a secret registered at five nodes comes back for the right PIN', async () => {
  await register();
  expect(await recover()).toEqual(secret);
});

test('the compiled-in hash Standard2019 works end to end', async () => {
  await client('Standard2019').register(rightPin, secret, info, 5);
  expect(await client('Standard2019').recover(rightPin, info)).toEqual(secret);
});

test('a new session has ten wrong guesses in seven days, then waits', async () => {
  await register();
  for (let left = 9; left >= 0; left -= 1) expect(await recoverError()).toBe(`InvalidPin ${left}`);
  expect(await recoverError()).toBe('RateLimitExceeded');
  expect(await recoverError(rightPin)).toBe('RateLimitExceeded');
  clock.advance(7 * dayMs - 1);
  expect(await recoverError(rightPin)).toBe('RateLimitExceeded');
  clock.advance(1);
  expect(await recover()).toEqual(secret);
});

test('a proven session has five wrong guesses in 24 hours, then waits; another session is not locked by it', async () => {
  await register();
  await recover();
  for (let left = 4; left >= 0; left -= 1) expect(await recoverError()).toBe(`InvalidPin ${left}`);
  expect(await recoverError(rightPin)).toBe('InvalidPin 0');
  useSession('session-2');
  expect(await recover()).toEqual(secret);
  useSession('session-1');
  clock.advance(dayMs);
  expect(await recover()).toEqual(secret);
});

test('a right PIN clears the wrong guesses of its own session', async () => {
  await register();
  expect(await recoverError()).toBe('InvalidPin 9');
  await recover();
  expect(await recoverError()).toBe('InvalidPin 4');
});

test('a session that has not shown the PIN overwrites nothing and deletes nothing', async () => {
  await register();
  useSession('thief');
  await expect(register(wrongPin)).rejects.toBe(4 /* RegisterError.Transient: "any other status" */);
  await expect(client().delete()).rejects.toBe(4);
  expect(await recover()).toEqual(secret);
});

test('a session that has just shown the PIN changes it', async () => {
  await register();
  await recover();
  await register(wrongPin);
  expect(await recover(wrongPin)).toEqual(secret);
  expect(await recoverError(rightPin)).toBe('InvalidPin 4');
});

test('a right PIN allows overwriting for ten minutes only', async () => {
  await register();
  await recover();
  clock.advance(10 * 60_000 + 1);
  await expect(register(wrongPin)).rejects.toBe(4);
  expect(await recover()).toEqual(secret);
});

test('delete needs the PIN and leaves nothing to recover', async () => {
  await register();
  await recover();
  await client().delete();
  expect(await recoverError(rightPin)).toBe('NotRegistered');
});

test('deleting and registering anew does not refill the guesses of strangers', async () => {
  await register();
  useSession('thief');
  for (let guess = 0; guess < 6; guess += 1) await recoverError();
  useSession('session-1');
  await recover();
  await client().delete();
  await register();
  useSession('thief');
  expect(await recoverError()).toBe('InvalidPin 3');
});

test('two nodes down: three are enough', async () => {
  await register();
  await Promise.all(network.nodes.slice(0, 2).map((node) => node.stop()));
  expect(await recover()).toEqual(secret);
});

test('three nodes down: nothing comes back, and no guess is burnt into a lie', async () => {
  await register();
  await Promise.all(network.nodes.slice(0, 3).map((node) => node.stop()));
  expect(await recoverError(rightPin)).toBe('Transient');
});

test('one node silent: a fetch hook with a deadline is enough to recover', async () => {
  await register();
  const silent = network.nodes[0]?.address ?? '';
  globalThis.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith(silent)) return realFetch(input, init);
    // As a node that accepts the connection and never answers, until the deadline of the hook.
    return new Promise((_, reject) => {
      AbortSignal.timeout(20).addEventListener('abort', () => reject(new TypeError('deadline')));
    });
  };
  expect(await recover()).toEqual(secret);
});

test('a token for another node, another time or another tenant is refused', async () => {
  await register();
  const elsewhere = network.nodes[0]?.realmId ?? '';
  Object.assign(globalThis, {
    JuiceboxGetAuthToken: async () => network.token(elsewhere, 'alice', { sessionId: 'session-1' }),
  });
  expect(await recoverError(rightPin)).toBe('InvalidAuth');
  const stale = new Map(
    network.nodes.map((node) => [node.realmId, network.token(node.realmId, 'alice', { sessionId: 's' })]),
  );
  clock.advance(hourMs);
  Object.assign(globalThis, {
    JuiceboxGetAuthToken: async (realmId: Uint8Array) => stale.get(Buffer.from(realmId).toString('hex')),
  });
  expect(await recoverError(rightPin)).toBe('InvalidAuth');
});
