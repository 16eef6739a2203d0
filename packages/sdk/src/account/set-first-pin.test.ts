import { isDomainError } from '@hexkey/contract';
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

const first = pinOf('271828');
const second = pinOf('314159');

interface Crash {
  /** Requests that change something before the process dies: n stages, prepare, n commits, activate. */
  readonly steps: number;
  readonly losesLastAnswer: boolean;
  /** Places of the nodes that are away while the PIN is set, and when the set is resumed. */
  readonly deadBefore?: readonly number[];
  readonly dead: readonly number[];
}

/** Sets `first` until the crash, then starts again on the same device. @returns the PIN that was accepted in the end */
async function crashAndResume(network: TestNetwork, crash: Crash) {
  const vault = memoryVault();
  const registered = testClient(network, { vault });
  const words = registered.newWords();
  await registered.registerWithWords(words);
  const faults = faultyFetch();
  const goAway = (nodes: readonly number[] = []) => {
    faults.dead.clear();
    for (const node of nodes) faults.dead.add(network.addressOf(node));
  };
  goAway(crash.deadBefore);
  const mortal = testClient(network, {
    vault,
    fetch: mortalFetch(faults.fetch, crash.steps, crash.losesLastAnswer),
  });
  const finished = await mortal.setPin(first, noProgress, { acceptFewerNodes: true }).then(
    () => true,
    (error: unknown) => {
      expect(error).toMatchObject({ name: expect.stringMatching(/^(Offline|NodesUnavailable)$/) });
      return false;
    },
  );
  await mortal.settled();
  goAway(crash.dead);
  const resumed = testClient(network, { vault, fetch: faults.fetch });
  const accepted = await enterAgain(resumed, await resumed.start()).catch(async (error: unknown) => {
    // With nodes away both times t of them may be out of reach; when they are back it must work.
    if (crash.deadBefore === undefined || !isDomainError(error, 'NodesUnavailable')) throw error;
    goAway();
    return enterAgain(resumed, await resumed.start());
  });
  await resumed.settled();
  return { words, finished, accepted };
}

/** What an owner does at the next start: type the same digits when asked to finish, choose others when asked to choose. */
async function enterAgain(client: Hexkey, place: Hexkey['place']) {
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
  await client.setPin(second, noProgress, { acceptFewerNodes: true });
  return second;
}

/** From new devices, with all nodes back: the accepted PIN opens the account and the other one is wrong. */
async function expectOnePin(network: TestNetwork, words: Words, accepted: typeof first): Promise<void> {
  const other = accepted === first ? second : first;
  const device = testClient(network);
  await device.loginWithWords(words);
  await expect(device.unlock(other, noProgress)).rejects.toMatchObject({ name: 'WrongPin' });
  // The server accepts only the key from the S_pin that was activated.
  expect(await device.unlock(accepted, noProgress)).toMatchObject({ at: 'home' });
  expect((await device.viewWords(accepted)).reveal()).toEqual(words.reveal());
  await device.settled();
}

/** @throws what was wrong, after which crash */
async function check(network: TestNetwork, crash: Crash): Promise<void> {
  await checkCrash(network, crash).catch((error: Error) => {
    error.message = `${JSON.stringify(crash)}: ${error.message}`;
    throw error;
  });
}

async function checkCrash(network: TestNetwork, crash: Crash): Promise<void> {
  const { words, finished, accepted } = await crashAndResume(network, crash);
  // A set that was said to be done, or whose activation was only not heard of, keeps its digits.
  const allStepsButOne = 2 * network.set.nodeSet.nodes.length + 1;
  if (finished || crash.steps >= allStepsButOne) expect(accepted).toBe(first);
  await expectOnePin(network, words, accepted);
}

describe('a first set that stops anywhere is finished or begun anew, and one PIN works', () => {
  let three: TestNetwork;
  let five: TestNetwork;
  beforeAll(async () => {
    three = await startNetwork(2);
    five = await startNetwork(3);
  });
  afterAll(() => Promise.all([three.stop(), five.stop()]));

  const everyStep = Array.from({ length: 9 }, (_, steps) => steps);
  test.each(everyStep)('2 of 3 nodes: after %i steps, whichever node is away afterwards', async (steps) => {
    for (const [place, dead] of [[], [0], [1], [2]].entries())
      for (const losesLastAnswer of [false, true]) {
        // A sample in which both answers are met at each step, and each node is away at some.
        const turn = 2 * Number(losesLastAnswer) + steps + shift;
        if (!isFull && turn % 4 !== place) continue;
        await check(three, { steps, losesLastAnswer, dead });
      }
  });

  test('3 of 5 nodes: any step, any two nodes away before and any two after', {
    timeout: 300_000,
  }, async () => {
    const awayNodes = fc.shuffledSubarray([0, 1, 2, 3, 4], { maxLength: 2 });
    const crash = fc.record({
      steps: fc.integer({ min: 0, max: 13 }),
      losesLastAnswer: fc.boolean(),
      deadBefore: awayNodes,
      dead: awayNodes,
    });
    await fc.assert(
      fc.asyncProperty(crash, (given) => check(five, given)),
      { numRuns: isFull ? 25 : 8 },
    );
  });
});
