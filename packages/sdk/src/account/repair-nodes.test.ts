import { routes } from '@hexkey/contract';
import { decodeNodeRequest } from '@hexkey/protocol';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { memoryVault } from '../storage/memory-vault.ts';
import { mortalFetch } from '../testing/mortal-fetch.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { faultyFetch, noProgress, pinOf, testClient } from '../testing/test-client.ts';

// A database and nodes of their own start here, beside those of other test files.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const pins = [pinOf('271828'), pinOf('314159'), pinOf('161803')] as const;
const [first, second, third] = pins;
const acceptFewerNodes = true;

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(3);
});
afterAll(() => network.stop());

/** Past the ten minutes in which a node lets a device that has shown the PIN replace a record. */
const forgetProofs = () => network.clock.advance(11 * 60_000);

/** An account without a PIN, and its device behind a network that can fail. */
async function newOwner() {
  const faults = faultyFetch();
  const vault = memoryVault();
  const client = testClient(network, { vault, fetch: faults.fetch });
  const words = client.newWords();
  await client.registerWithWords(words);
  const only = (...away: readonly number[]) => {
    faults.dead.clear();
    for (const node of away) faults.dead.add(network.addressOf(node));
  };
  /** Requests of one kind since the last look. */
  const sent = (kind: string) =>
    faults.requests.filter(
      ({ url, body }) => url.endsWith('/req') && decodeNodeRequest(body as Uint8Array).kind === kind,
    ).length;
  return { client, vault, faults, words, away: only, sent };
}
type Owner = Awaited<ReturnType<typeof newOwner>>;

async function ownerWithPin(): Promise<Owner> {
  const owner = await newOwner();
  await owner.client.setPin(first, noProgress);
  await owner.client.settled();
  return owner;
}

/** With t-1 other nodes gone for good, the one that had missed the PIN is needed, and it does. */
async function expectNeeded({ away, client }: Owner, node: number, pin: (typeof pins)[number]) {
  away(...[0, 1, 2, 3, 4].filter((other) => other !== node).slice(0, 2));
  await client.checkPin(pin, noProgress);
  await client.settled();
}

describe('a node that was away while', () => {
  test('the PIN was set is given it at the next PIN entry', async () => {
    const owner = await newOwner();
    owner.away(4);
    await owner.client.setPin(first, noProgress, { acceptFewerNodes });
    owner.away();
    forgetProofs();
    await owner.client.checkPin(first, noProgress);
    await owner.client.settled();
    await expectNeeded(owner, 4, first);
  });

  test('the PIN was changed, too, by the word of the others', async () => {
    const owner = await ownerWithPin();
    owner.away(4);
    await owner.client.changePin(first, second, noProgress, { acceptFewerNodes });
    owner.away();
    forgetProofs();
    await owner.client.checkPin(second, noProgress);
    await owner.client.settled();
    await expectNeeded(owner, 4, second);
  });

  test('it was changed twice, and the secret with it, too, from another device', async () => {
    const owner = await ownerWithPin();
    owner.away(0);
    await owner.client.changePin(first, second, noProgress, { acceptFewerNodes, someoneKnew: true });
    await owner.client.changePin(second, third, noProgress, { acceptFewerNodes, someoneKnew: true });
    await owner.client.settled();
    owner.away();
    forgetProofs();
    const tablet = testClient(network);
    await tablet.loginWithWords(owner.words);
    await tablet.unlock(third, noProgress);
    await tablet.settled();
    await expectNeeded(owner, 0, third);
    owner.away();
    await expect(owner.client.checkPin(first, noProgress)).rejects.toMatchObject({ name: 'WrongPin' });
    await owner.client.settled();
  });

  test('it was changed, and another one while it is changed again: both are given it', async () => {
    const owner = await ownerWithPin();
    owner.away(0);
    await owner.client.changePin(first, second, noProgress, { acceptFewerNodes });
    owner.away(1);
    forgetProofs();
    await owner.client.changePin(second, third, noProgress, { acceptFewerNodes });
    owner.away();
    forgetProofs();
    await owner.client.checkPin(third, noProgress);
    await owner.client.settled();
    await expectNeeded(owner, 0, third);
    await expectNeeded(owner, 1, third);
  });
});

describe('a repair', () => {
  test('is told to the server as one, and leaves the date of the PIN', async () => {
    const owner = await ownerWithPin();
    owner.away(4);
    await owner.client.changePin(first, second, noProgress, { acceptFewerNodes });
    owner.away();
    const { pinSetAtMs } = await owner.client.account();
    forgetProofs();
    await owner.client.checkPin(second, noProgress);
    await owner.client.settled();
    expect((await owner.client.account()).pinSetAtMs).toBe(pinSetAtMs);
    const { entries } = await owner.client.logs();
    expect(entries[0]).toMatchObject({ operation: 'repairPin', outcome: 'success' });
  });

  test('happens once: when every node has the PIN nothing is staged', async () => {
    const owner = await ownerWithPin();
    forgetProofs();
    owner.faults.requests.length = 0;
    await owner.client.checkPin(first, noProgress);
    await owner.client.settled();
    expect(owner.sent('Stage')).toBe(0);
  });

  test('that stops anywhere leaves the PIN good, and the next entry finishes it', async () => {
    for (let steps = 1; steps <= 11; steps += 1) {
      const owner = await ownerWithPin();
      owner.away(4);
      await owner.client.changePin(first, second, noProgress, { acceptFewerNodes });
      await owner.client.settled();
      owner.away();
      forgetProofs();
      const fetch = mortalFetch(owner.faults.fetch, steps, steps % 2 === 0);
      const mortal = testClient(network, { vault: owner.vault, fetch });
      await mortal.start();
      await mortal.checkPin(second, noProgress).catch((error: unknown) => {
        // A process that died may not have heard that the PIN was right.
        expect(error).toMatchObject({ name: expect.stringMatching(/^(Offline|NodesUnavailable)$/) });
      });
      await mortal.settled();
      forgetProofs();
      const resumed = testClient(network, { vault: owner.vault, fetch: owner.faults.fetch });
      await resumed.start();
      await resumed.checkPin(second, noProgress);
      await resumed.settled();
      forgetProofs();
      await expectNeeded({ ...owner, client: resumed }, 4, second);
    }
  });

  test('a server that does not hear of it does not fail the PIN entry', async () => {
    const owner = await ownerWithPin();
    owner.away(4);
    await owner.client.changePin(first, second, noProgress, { acceptFewerNodes });
    owner.away();
    forgetProofs();
    owner.faults.dead.add(`${network.origin}${routes.changePin.path}`);
    await owner.client.checkPin(second, noProgress);
    await owner.client.settled();
    owner.away();
    await owner.client.checkPin(second, noProgress);
    await owner.client.settled();
    await expectNeeded(owner, 4, second);
  });

  test('is not tried twice by one page at a node that refused it', async () => {
    const { vault, faults, away, client } = await ownerWithPin();
    away(4);
    await client.changePin(first, second, noProgress, { acceptFewerNodes });
    await client.settled();
    away();
    forgetProofs();
    let stages = 0;
    const page = testClient(network, {
      vault,
      fetch(url, init) {
        const isStage = url.endsWith('/req') && decodeNodeRequest(init.body as Uint8Array).kind === 'Stage';
        if (!isStage) return faults.fetch(url, init);
        stages += 1;
        return Promise.reject(new TypeError('fetch failed'));
      },
    });
    await page.start();
    for (const times of [1, 2, 3]) {
      await page.checkPin(second, noProgress);
      expect(stages, `after ${times} entries`).toBe(1);
    }
    await page.settled();
  });

  test('does not wait for a silent node', async () => {
    const owner = await ownerWithPin();
    owner.away(4);
    await owner.client.changePin(first, second, noProgress, { acceptFewerNodes });
    await owner.client.settled();
    owner.away();
    forgetProofs();
    // Never answers: waiting for it would never end.
    owner.faults.silent.add(network.addressOf(0));
    await owner.client.checkPin(second, noProgress);
    expect(owner.faults.requests.filter(({ url }) => url.startsWith(network.addressOf(0)))).not.toEqual([]);
    owner.faults.silent.clear();
    const resumed = testClient(network, { vault: owner.vault, fetch: owner.faults.fetch });
    await resumed.start();
    await expectNeeded({ ...owner, client: resumed }, 4, second);
  });
});

describe('a new PIN goes to every node', () => {
  test('a first one is refused before anything is staged while nodes are away, unless fewer are accepted', async () => {
    const owner = await newOwner();
    owner.away(1, 3);
    await expect(owner.client.setPin(first, noProgress)).rejects.toMatchObject({
      name: 'SomeNodesAway',
      details: { reachable: 3, needed: 5 },
    });
    expect(owner.sent('Stage')).toBe(0);
    expect(owner.client.place).toMatchObject({ at: 'set-pin', interrupted: false });
    await owner.client.setPin(first, noProgress, { acceptFewerNodes });
    expect(owner.client.place.at).toBe('home');
    await owner.client.settled();
  });

  test('a changed one before a guess is made', async () => {
    const owner = await ownerWithPin();
    owner.away(2);
    owner.faults.requests.length = 0;
    await expect(owner.client.changePin(first, second, noProgress)).rejects.toMatchObject({
      name: 'SomeNodesAway',
      details: { reachable: 4, needed: 5 },
    });
    expect([owner.sent('Recover2'), owner.sent('Stage')]).toEqual([0, 0]);
    expect(owner.client.place).toMatchObject({ at: 'home', changeInterrupted: false });
    await owner.client.changePin(first, second, noProgress, { acceptFewerNodes });
    await owner.client.settled();
  });
});
