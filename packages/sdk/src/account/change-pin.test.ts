import { isDomainError, routes } from '@hexkey/contract';
import { decodeNodeRequest } from '@hexkey/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Hexkey } from '../hexkey.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import { mortalFetch } from '../testing/mortal-fetch.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { faultyFetch, noProgress, pinOf, testClient } from '../testing/test-client.ts';
import type { Words } from './words.ts';

// A database and nodes of their own start here, beside those of other test files.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** The continuous integration takes every combination of faults, a person's run some of them, others each time. */
const isFull = process.env.HEXKEY_PROOF === 'full';
const shift = Math.floor(Math.random() * 4);

const oldPin = pinOf('271828');
const newPin = pinOf('314159');

/** An account whose PIN is set, and its device behind a network that can fail. */
async function ownerWithPin(network: TestNetwork) {
  const vault = memoryVault();
  const faults = faultyFetch();
  const client = testClient(network, { vault, fetch: faults.fetch });
  const words = client.newWords();
  await client.registerWithWords(words);
  await client.setPin(oldPin, noProgress);
  await client.settled();
  forgetProofs(network);
  return { vault, faults, client, words };
}

/** Past the ten minutes in which a node lets a device that has shown the PIN replace a record. */
const forgetProofs = (network: TestNetwork) => network.clock.advance(11 * 60_000);

/** From a new device: one PIN opens the account and its words, under the S_pin that the server knows; the other is wrong. */
async function expectOnePin(
  network: TestNetwork,
  words: Words,
  accepted: typeof oldPin,
  other = accepted === oldPin ? newPin : oldPin,
): Promise<void> {
  const device = testClient(network);
  await device.loginWithWords(words);
  await expect(device.unlock(other, noProgress)).rejects.toMatchObject({ name: 'WrongPin' });
  expect(await device.unlock(accepted, noProgress)).toMatchObject({ at: 'home' });
  expect((await device.viewWords(accepted)).reveal()).toEqual(words.reveal());
  await device.settled();
}

/** None twice for one account: a device remembers what was wrong. */
const nextPins = Array.from({ length: 16 }, (_, change) => pinOf(String(315_219 + 43_391 * change)));

/** An account that is taken through many changes, each of which starts where the one before was settled. */
interface Owner extends Awaited<ReturnType<typeof ownerWithPin>> {
  /** The one that works. */
  pin: typeof oldPin;
  /** How many it has been through. */
  changes: number;
}
const ownerOf = async (network: TestNetwork): Promise<Owner> => ({
  ...(await ownerWithPin(network)),
  pin: oldPin,
  changes: 0,
});

interface Crash {
  /**
   * Requests that change something before the process dies: n stages, the notice to the server, n commits. With a new secret the server is
   * told before the first stage too, and after the last commit.
   */
  readonly steps: number;
  readonly losesLastAnswer: boolean;
  /** Places of the nodes that are away during the change, and when it is resumed. */
  readonly deadBefore: readonly number[];
  readonly dead: readonly number[];
  /** What the owner types first at the next start. */
  readonly typed: 'old' | 'new';
  readonly someoneKnew: boolean;
}

/** @throws what was wrong, after which crash */
async function check(network: TestNetwork, owner: Owner, crash: Crash): Promise<void> {
  await checkCrash(network, owner, crash).catch((error: Error) => {
    error.message = `${JSON.stringify(crash)}: ${error.message}`;
    throw error;
  });
}

async function checkCrash(network: TestNetwork, owner: Owner, crash: Crash): Promise<void> {
  const { vault, faults, words, pin: before } = owner;
  const after = nextPins[owner.changes] ?? expect.fail('more changes than PINs');
  const goAway = (nodes: readonly number[]) => {
    faults.dead.clear();
    for (const node of nodes) faults.dead.add(network.addressOf(node));
  };
  forgetProofs(network);
  goAway(crash.deadBefore);
  const mortal = testClient(network, {
    vault,
    fetch: mortalFetch(faults.fetch, crash.steps, crash.losesLastAnswer),
  });
  await mortal.start();
  const { someoneKnew } = crash;
  const options = { acceptFewerNodes: true, someoneKnew };
  const finished = await mortal.changePin(before, after, noProgress, options).then(
    () => true,
    (error: unknown) => {
      expect(error).toMatchObject({ name: expect.stringMatching(/^(Offline|NodesUnavailable)$/) });
      return false;
    },
  );
  await mortal.settled();

  forgetProofs(network);
  goAway(crash.dead);
  const resumed = testClient(network, { vault, fetch: faults.fetch });
  // A process that died before its first step had not begun, as far as any node or the server can tell.
  if (crash.steps > 0 || finished)
    expect(await resumed.start()).toMatchObject({ at: 'home', changeInterrupted: !finished });
  else expect(await resumed.start()).toMatchObject({ at: 'home' });
  const order = crash.typed === 'old' ? ([before, after] as const) : ([after, before] as const);
  const accepted = await enterUntilRight(resumed, ...order).catch(async (error: unknown) => {
    // With other nodes away than before, t of them may be out of reach; when they are back it must work.
    if (crash.deadBefore.length === 0 || !isDomainError(error, 'NodesUnavailable')) throw error;
    goAway([]);
    return enterUntilRight(resumed, ...order);
  });
  expect(resumed.place).toMatchObject({ at: 'home', changeInterrupted: false });
  await resumed.settled();

  if (finished) expect(accepted).toBe(after);
  goAway([]);
  await expectOnePin(network, words, accepted, accepted === after ? before : after);
  owner.pin = accepted;
  owner.changes += 1;
}

/** What an owner does who does not know which of the two it is. */
async function enterUntilRight(client: Hexkey, first: typeof oldPin, second: typeof oldPin) {
  try {
    await client.checkPin(first, noProgress);
    return first;
  } catch (error) {
    if (!isDomainError(error, 'WrongPin')) throw error;
    await client.checkPin(second, noProgress);
    return second;
  }
}

/** Lets other work run until something is so, or a long while. */
async function turnsUntil(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100_000 && !condition(); turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
}

describe('a PIN change', () => {
  let three: TestNetwork;
  let five: TestNetwork;
  beforeAll(async () => {
    three = await startNetwork(2);
    five = await startNetwork(3);
  });
  afterAll(() => Promise.all([three.stop(), five.stop()]));

  const everyStep = Array.from({ length: 10 }, (_, steps) => steps);
  describe.each([
    ['plain', false],
    ['with a new secret, because someone knew the PIN', true],
  ])('%s', (_, someoneKnew) => {
    // A plain change has two steps less: the server is told once.
    test.each(someoneKnew ? everyStep : everyStep.slice(0, 8))(
      '2 of 3 nodes: stopped after %i steps, one PIN works',
      async (steps) => {
        const owner = await ownerOf(three);
        // The places of the dead node differ by who is committed already, which the plain change covers.
        const away = someoneKnew ? [[], [steps % 3]] : [[], [0], [1], [2]];
        for (const [place, dead] of away.entries())
          for (const losesLastAnswer of [false, true])
            for (const typed of ['old', 'new'] as const) {
              // A sample in which both answers and both entries meet, and each node is away once.
              const turn =
                Number(losesLastAnswer) + (Number(typed === 'new') * away.length) / 2 + steps + shift;
              if (!isFull && turn % away.length !== place) continue;
              await check(three, owner, { steps, losesLastAnswer, deadBefore: [], dead, typed, someoneKnew });
            }
      },
    );
  });

  test('3 of 5 nodes: stopped anywhere, any two nodes away before and any two after', async () => {
    const awayNodes = fc.shuffledSubarray([0, 1, 2, 3, 4], { maxLength: 2 });
    const crash = fc.record({
      steps: fc.integer({ min: 0, max: 14 }),
      losesLastAnswer: fc.boolean(),
      deadBefore: awayNodes,
      dead: awayNodes,
      typed: fc.constantFrom('old' as const, 'new' as const),
      someoneKnew: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(crash, async (given) => check(five, await ownerOf(five), given)),
      { numRuns: isFull ? 40 : 12 },
    );
  });

  test('the old PIN stops at once, also on other devices, and the account and its log go on', async () => {
    const { client, words } = await ownerWithPin(five);
    const elsewhere = testClient(five);
    await elsewhere.loginWithWords(words);
    await elsewhere.unlock(oldPin, noProgress);
    await client.changePin(oldPin, newPin, noProgress);
    await expect(elsewhere.checkPin(oldPin, noProgress)).rejects.toMatchObject({ name: 'WrongPin' });
    await elsewhere.checkPin(newPin, noProgress);
    await elsewhere.settled();
    expect((await client.account()).pinSetAtMs).toBe(five.clock.now());
    const { entries } = await elsewhere.logs();
    expect(entries.filter(({ operation }) => operation === routes.changePin.name)).toHaveLength(1);
    await expectOnePin(five, words, newPin);
  });

  test.each(['ListVersions', 'Recover3'])(
    'a node that is slow at %s gets the new record too',
    async (kind) => {
      const { vault, faults } = await ownerWithPin(five);
      const isTo = (node: number, kind: string, url: string, body: unknown) =>
        url.startsWith(five.addressOf(node)) && decodeNodeRequest(body as Uint8Array).kind === kind;
      let hasStaged = false;
      const client = testClient(five, {
        vault,
        // Held until a client that does not wait for it has staged here, in vain; one that waits gets its answer in the end.
        async fetch(url, init) {
          if (isTo(4, kind, url, init.body)) await turnsUntil(() => hasStaged);
          const response = await faults.fetch(url, init);
          hasStaged ||= isTo(4, 'Stage', url, init.body);
          return response;
        },
      });
      await client.start();
      faults.requests.length = 0;
      await client.changePin(oldPin, newPin, noProgress);
      const commits = faults.requests.filter(({ url, body }) => isTo(4, 'Commit', url, body));
      expect(commits).toHaveLength(1);
      await client.settled();
    },
  );

  test('a wrong old PIN changes nothing and counts as an attempt', async () => {
    const { client, faults } = await ownerWithPin(five);
    faults.requests.length = 0;
    await expect(client.changePin(newPin, pinOf('161803'), noProgress)).rejects.toMatchObject({
      name: 'WrongPin',
      details: { attemptsLeft: 4 },
    });
    expect(client.place).toMatchObject({ at: 'home', changeInterrupted: false });
    await client.settled();
  });

  test('a weak new PIN is refused before anything is sent', async () => {
    const { client, faults } = await ownerWithPin(five);
    faults.requests.length = 0;
    await expect(client.changePin(oldPin, pinOf('111222'), noProgress)).rejects.toMatchObject({
      name: 'WeakPin',
    });
    expect(faults.requests).toEqual([]);
  });

  test('a retry of the page finishes the change, wherever it stopped', async () => {
    for (const steps of [3, 5, 6, 8]) {
      const { vault, faults, words } = await ownerWithPin(five);
      let fetchNow = mortalFetch(faults.fetch, steps, false);
      const client = testClient(five, { vault, fetch: (url, init) => fetchNow(url, init) });
      await client.start();
      await expect(client.changePin(oldPin, newPin, noProgress)).rejects.toThrow();
      expect(client.place).toMatchObject({ changeInterrupted: true });
      await client.settled();
      fetchNow = faults.fetch;
      await client.changePin(oldPin, newPin, noProgress);
      expect(client.place).toMatchObject({ changeInterrupted: false });
      await client.settled();
      await expectOnePin(five, words, newPin);
    }
  });

  test('another device settles an interrupted change with the PIN it is given, also while it is locked', async () => {
    const { vault, faults, words } = await ownerWithPin(five);
    const mortal = testClient(five, { vault, fetch: mortalFetch(faults.fetch, 7, false) });
    await mortal.start();
    await expect(mortal.changePin(oldPin, newPin, noProgress)).rejects.toThrow();
    await mortal.settled();
    const elsewhere = testClient(five);
    await elsewhere.loginWithWords(words);
    expect(await elsewhere.unlock(oldPin, noProgress)).toMatchObject({ at: 'home' });
    await elsewhere.settled();
    await expectOnePin(five, words, oldPin);
  });

  test('a wrong entry during an interrupted change is said once, and the next right one clears it', async () => {
    const { vault, faults } = await ownerWithPin(five);
    const mortal = testClient(five, { vault, fetch: mortalFetch(faults.fetch, 7, false) });
    await mortal.start();
    await expect(mortal.changePin(oldPin, newPin, noProgress)).rejects.toThrow();
    await mortal.settled();
    const resumed = testClient(five, { vault, fetch: faults.fetch });
    await resumed.start();
    await expect(resumed.checkPin(pinOf('161803'), noProgress)).rejects.toMatchObject({
      name: 'WrongPin',
      details: { attemptsLeft: 3 },
    });
    await resumed.checkPin(newPin, noProgress);
    await resumed.settled();
    await expect(resumed.checkPin(oldPin, noProgress)).rejects.toMatchObject({
      details: { attemptsLeft: 4 },
    });
    await resumed.settled();
    const { entries } = await resumed.logs();
    expect(entries.filter(({ outcome }) => outcome === 'wrong-pin')).toHaveLength(2);
  });
});
