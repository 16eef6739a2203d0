import { memoryStore, type PinStore, recordIdOf } from '@hexkey/pin-node';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Words } from '../account/words.ts';
import type { HexkeyClient } from '../create-hexkey.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import { mortalFetch } from '../testing/mortal-fetch.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { faultyFetch, noProgress, pinOf, testClient } from '../testing/test-client.ts';
import type { TestNodes } from '../testing/test-nodes.ts';

// Databases and two sets of nodes start here, beside those of other test files.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const pin = pinOf('271828');
const otherPin = pinOf('314159');

/** A network whose installation has a second node set. */
interface Moving {
  readonly network: TestNetwork;
  readonly next: TestNodes;
  readonly stores: { readonly old: readonly PinStore[]; readonly new: readonly PinStore[] };
  /** New accounts begin on the first set while the server knows no other. */
  serve(sets: 'first' | 'both'): Promise<void>;
}

async function startMoving(from: number, to: number): Promise<Moving> {
  const keep = (stores: PinStore[]) => (node: number) => {
    stores[node] ??= memoryStore();
    return stores[node];
  };
  const old: PinStore[] = [];
  const later: PinStore[] = [];
  const network = await startNetwork(from, undefined, keep(old));
  const next = await network.addSet(to, keep(later));
  return {
    network,
    next,
    stores: { old, new: later },
    serve: (sets) =>
      network.serves(sets === 'first' ? [network.document] : [network.document, next.document]),
  };
}

/** An account on the first set, and its device behind a network that can fail. */
async function ownerOnFirstSet({ network, serve }: Moving) {
  await serve('first');
  const vault = memoryVault();
  const faults = faultyFetch();
  const client = testClient(network, { vault, fetch: faults.fetch });
  const words = client.newWords();
  await client.registerWithWords(words);
  await client.setPin(pin, noProgress);
  await client.settled();
  const kept = await vault.currentAccount();
  forgetProofs(network);
  await serve('both');
  return { vault, faults, client, words, accountId: kept?.accountId ?? expect.fail('no account') };
}
type Owner = Awaited<ReturnType<typeof ownerOnFirstSet>>;

/** Past the ten minutes in which a right PIN, a voucher or a receipt counts. */
const forgetProofs = (network: TestNetwork) => network.clock.advance(11 * 60_000);

async function recordsOf({ stores, network }: Moving, accountId: string) {
  const id = recordIdOf({ tenant: network.set.nodeSet.tenant, userId: accountId });
  const read = (from: readonly PinStore[]) =>
    Promise.all(from.map(async (store) => (await store.read(id))?.record ?? null));
  return { old: await read(stores.old), new: await read(stores.new) };
}

/** At no time can a PIN be tried at both sets, and at every time the record is whole at one of them. */
async function expectOneSet(moving: Moving, accountId: string): Promise<void> {
  const { network, next } = moving;
  const records = await recordsOf(moving, accountId);
  const granting = records.old.filter((record) => record?.committed != null).length;
  const serving = records.new.filter((record) => record?.committed != null).length;
  const { threshold } = network.set.nodeSet;
  if (serving > 0) expect(granting).toBeLessThan(threshold);
  if (granting < threshold) {
    const holding = records.new.filter((record) => record?.committed != null || record?.arrivals.length);
    expect(holding.length).toBeGreaterThanOrEqual(next.set.nodeSet.threshold);
  }
}

/** From a new device: the PIN opens the account and its words, under the S_pin that the server knows; another is wrong. */
async function expectPin(network: TestNetwork, words: Words): Promise<HexkeyClient> {
  const device = testClient(network);
  await device.loginWithWords(words);
  await expect(device.unlock(otherPin, noProgress)).rejects.toMatchObject({ name: 'WrongPin' });
  expect(await device.unlock(pin, noProgress)).toMatchObject({ at: 'home' });
  expect((await device.viewWords(pin)).reveal()).toEqual(words.reveal());
  await device.settled();
  return device;
}

async function expectMoved(moving: Moving, { words, accountId }: Owner): Promise<void> {
  const device = await expectPin(moving.network, words);
  expect(await device.pinNodes()).toMatchObject({ epoch: 2, next: null });
  // Nodes that were away erase, or begin to serve, at one entry, and the server hears of it at the next.
  for (let entry = 0; entry < 2; entry += 1) {
    await device.checkPin(pin, noProgress);
    await device.settled();
  }
  const records = await recordsOf(moving, accountId);
  for (const record of records.old) expect(record).toMatchObject({ committed: null, staged: null });
  for (const record of records.old) expect(record?.throttle.devices).toEqual([]);
  for (const record of records.new) expect(record?.committed).not.toBeNull();
  const { nodes } = await device.pinNodes();
  expect(nodes.map(({ realmId }) => realmId)).toEqual(
    moving.next.set.nodeSet.nodes.map(({ realmId }) => realmId),
  );
}

interface Crash {
  /** Requests that change something before the process dies: arrivals, closings, activations, the notice to the server. */
  readonly steps: number;
  readonly losesLastAnswer: boolean;
  /** Places of the nodes of either set that are away when it is resumed. */
  readonly deadOld: readonly number[];
  readonly deadNew: readonly number[];
  readonly resumedOn: 'same device' | 'another device';
}

async function check(moving: Moving, crash: Crash): Promise<void> {
  const { network, next } = moving;
  const owner = await ownerOnFirstSet(moving);
  const { vault, faults, words, accountId } = owner;
  const mortal = testClient(network, {
    vault,
    fetch: mortalFetch(faults.fetch, crash.steps, crash.losesLastAnswer),
  });
  await mortal.start();
  const finished = await mortal.movePin(pin, noProgress).then(
    () => true,
    (error: unknown) => {
      expect(error).toMatchObject({ name: expect.stringMatching(/^(Offline|NodesUnavailable)$/) });
      return false;
    },
  );
  await mortal.settled();
  await expectOneSet(moving, accountId);

  forgetProofs(network);
  for (const node of crash.deadOld) faults.dead.add(network.addressOf(node));
  for (const node of crash.deadNew) faults.dead.add(next.addressOf(node));
  const resumed =
    crash.resumedOn === 'same device'
      ? testClient(network, { vault, fetch: faults.fetch })
      : testClient(network, { fetch: faults.fetch });
  if (crash.resumedOn === 'same device') {
    await resumed.start();
    await resumed.checkPin(pin, noProgress);
  } else {
    await resumed.loginWithWords(words);
    await resumed.unlock(pin, noProgress);
  }
  await resumed.settled();
  await expectOneSet(moving, accountId);
  faults.dead.clear();
  forgetProofs(network);
  // What was begun and not lost goes on without being asked for; where nothing of it is left it is asked for again.
  await resumed.checkPin(pin, noProgress);
  await resumed.settled();
  const { epoch } = await resumed.pinNodes();
  if (epoch === 1) {
    expect(finished).toBe(false);
    if (crash.resumedOn === 'same device') expect.fail('the device that began has not gone on');
    await resumed.movePin(pin, noProgress);
    await resumed.settled();
  }
  await expectOneSet(moving, accountId);
  await expectMoved(moving, owner);
}

describe('a move that stops anywhere leaves one PIN at one set, and is finished', () => {
  let three: Moving;
  beforeAll(async () => {
    three = await startMoving(2, 2);
  });
  afterAll(() => three.network.stop());

  // 3 arrivals, 3 closings, 3 activations, the server.
  test.each(Array.from({ length: 10 }, (_, step) => step + 1))(
    '2 of 3 nodes, after %i steps',
    async (steps) => {
      const dead = { deadOld: [steps % 3], deadNew: [(steps + 1) % 3] };
      // Which device loses the last answer alternates.
      const devices = ['same device', 'another device'] as const;
      for (const [index, resumedOn] of devices.entries())
        await check(three, { steps, losesLastAnswer: (steps + index) % 2 === 0, resumedOn, ...dead });
    },
  );

  test.each([
    ['3 of 5 to another 3 of 5', 3, 3],
    ['3 of 5 to 4 of 7', 3, 4],
  ])('%s, with any n-t nodes of both away afterwards', async (_, from, to) => {
    const moving = await startMoving(from, to);
    const places = (t: number) =>
      fc.shuffledSubarray(
        Array.from({ length: 2 * t - 1 }, (_, place) => place),
        { maxLength: t - 1 },
      );
    const crash = fc.record({
      steps: fc.integer({ min: 1, max: 2 * from + 4 * to - 2 }),
      losesLastAnswer: fc.boolean(),
      deadOld: places(from),
      deadNew: places(to),
      resumedOn: fc.constantFrom('same device' as const, 'another device' as const),
    });
    await fc.assert(
      fc.asyncProperty(crash, (given) => check(moving, given)),
      { numRuns: 8, endOnFailure: true },
    );
    await moving.network.stop();
  });
});
