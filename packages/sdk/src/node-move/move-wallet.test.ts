import { memoryStore, type PinStore, recordIdOf } from '@hexkey/pin-node';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { HexkeyClient } from '../create-hexkey.ts';
import { mortalFetch } from '../testing/mortal-fetch.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { faultyFetch, noProgress, testClient } from '../testing/test-client.ts';
import type { TestNodes } from '../testing/test-nodes.ts';
import {
  newWalletPerson,
  walletPin as pin,
  restartedPerson,
  startLedger,
  type TestLedger,
  type WalletPerson,
  walletDeps,
} from '../testing/wallet-people.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await startLedger();
});
afterAll(() => ledger.stop());

/** A network whose installation gets a second node set. */
interface Moving {
  readonly network: TestNetwork;
  readonly next: TestNodes;
  readonly stores: { readonly old: readonly PinStore[]; readonly new: readonly PinStore[] };
  readonly owners: readonly WalletPerson[];
}

/** @param owners people with a wallet at the first set, before the server tells of the second */
async function startMoving(from: number, to: number, owners: number): Promise<Moving> {
  const keep = (stores: PinStore[]) => (node: number) => {
    stores[node] ??= memoryStore();
    return stores[node];
  };
  const old: PinStore[] = [];
  const later: PinStore[] = [];
  const network = await startNetwork(from, undefined, keep(old));
  const next = await network.addSet(to, keep(later));
  const people: WalletPerson[] = [];
  for (let place = 0; place < owners; place += 1) {
    const person = await newWalletPerson(network, ledger);
    await person.wallet.requestTestFunds(null);
    people.push(person);
  }
  network.clock.advance(11 * 60_000);
  await network.serves([network.document, next.document]);
  return { network, next, stores: { old, new: later }, owners: people };
}

async function recordsOf({ stores, network }: Moving, { vault }: WalletPerson) {
  const account = (await vault.currentAccount()) ?? expect.fail('no account');
  const id = recordIdOf({ tenant: network.set.nodeSet.tenant, userId: account.accountId });
  const read = (from: readonly PinStore[]) =>
    Promise.all(from.map(async (store) => (await store.read(id))?.record ?? null));
  return { old: await read(stores.old), new: await read(stores.new) };
}

/** At every time t nodes of one set hold shares of the wallet, waiting or in use; never can both sign. */
async function expectOneWallet(moving: Moving, owner: WalletPerson): Promise<void> {
  const records = await recordsOf(moving, owner);
  const signing = (of: typeof records.old) => of.filter((record) => record?.wallet.committed != null).length;
  const { threshold } = moving.network.set.nodeSet;
  if (signing(records.new) > 0) expect(signing(records.old)).toBeLessThan(threshold);
  if (signing(records.old) < threshold) {
    const holding = records.new.filter(
      (record) =>
        record?.wallet.committed != null || record?.arrivals.some(({ share }) => share !== null) === true,
    );
    expect(holding.length).toBeGreaterThanOrEqual(moving.next.set.nodeSet.threshold);
  }
}

const somebody = '4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU';
async function pay({ wallet }: Pick<HexkeyClient, 'wallet'>): Promise<void> {
  const order = { to: { address: somebody }, mint: null, amount: 1_000_000n, memo: null };
  const quote = await wallet.quote(order);
  const sent = await wallet.send(quote.intentId, { pin }, noProgress);
  expect(sent).toMatchObject({ state: 'confirmed' });
}

/** The same address, payments by the new nodes alone, nothing left at the old ones. */
async function expectMoved(moving: Moving, owner: WalletPerson, client: HexkeyClient): Promise<void> {
  const { network, next } = moving;
  expect((await client.pinNodes()).epoch).toBe(2);
  expect(await client.wallet.state()).toMatchObject({ is: 'ready', address: owner.address });
  await pay(client);
  await client.settled();
  const records = await recordsOf(moving, owner);
  for (const record of records.old)
    expect(record).toMatchObject({ committed: null, wallet: { committed: null, staged: [] } });
  const { threshold } = next.set.nodeSet;
  const packages = records.new.map((record) => record?.wallet.committed?.package ?? null);
  expect(packages.every((one) => one !== null && one.epoch === 2 && one.min === 2 * threshold)).toBe(true);
  expect(new Set(packages.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(network.set.nodeSet.nodes.length).toBe(records.old.length);
}

describe('a move with a wallet that stops anywhere leaves one wallet at one set, and is finished', () => {
  // 3 arrivals, 2 deals, 3 shares taken, 3 closings, 3 activations, the server about the nodes, the server about the wallet.
  const steps = Array.from({ length: 16 }, (_, step) => step + 1);
  let three: Moving;
  beforeAll(async () => {
    three = await startMoving(2, 2, steps.length);
  });
  afterAll(() => three.network.stop());

  test.each(steps)('2 of 3 nodes, after %i requests', async (step) => {
    const { network, next, owners } = three;
    const owner = owners[step - 1] ?? expect.fail('no owner');
    const faults = faultyFetch();
    const mortal = await restartedPerson(network, ledger, owner, {
      fetch: mortalFetch(faults.fetch, step, step % 3 === 0),
    });
    await mortal.movePin(pin, noProgress).catch((error: unknown) =>
      expect(error).toMatchObject({
        name: expect.stringMatching(/^(Offline|NodesUnavailable|SomeNodesAway|PinNeededAgain)$/),
      }),
    );
    await mortal.settled();
    await expectOneWallet(three, owner);
    network.clock.advance(31 * 60_000);
    // Some of either set may be away while it goes on.
    faults.dead.add(network.addressOf(step % 3)).add(next.addressOf((step + 1) % 3));
    const isSame = step % 2 === 0;
    const resumed = isSame
      ? await restartedPerson(network, ledger, owner, { fetch: faults.fetch })
      : testClient(network, { ...walletDeps(ledger), fetch: faults.fetch });
    if (!isSame) await resumed.loginWithWords(owner.words);
    if (!isSame) await resumed.unlock(pin, noProgress);
    else await resumed.checkPin(pin, noProgress);
    await resumed.settled();
    await expectOneWallet(three, owner);
    faults.dead.clear();
    network.clock.advance(31 * 60_000);
    const first = await restartedPerson(network, ledger, owner);
    // What was begun and not lost goes on by itself on the device that began it, or, once a node has closed, on any.
    for (const client of [resumed, first])
      for (let entry = 0; entry < 2; entry += 1) {
        await client.checkPin(pin, noProgress);
        await client.settled();
        await expectOneWallet(three, owner);
      }
    await expectMoved(three, owner, first);
  });
});

test.each([
  ['3 of 5 to another 3 of 5', 3],
  ['3 of 5 to 4 of 7', 4],
])(
  '%s: the wallet goes along, what was spent and allowed counts on, and another device pays',
  async (_, to) => {
    const moving = await startMoving(3, to, 1);
    const { network, owners } = moving;
    const owner = owners[0] ?? expect.fail('no owner');
    const faults = faultyFetch();
    const client = await restartedPerson(network, ledger, owner, { fetch: faults.fetch });
    const limits = await client.wallet.limits();
    const lowered = { ...limits.limits, lamportsPerDay: 3_000_000n };
    await client.wallet.setLimits(lowered, pin);
    await pay(client);
    await client.settled();
    network.clock.advance(11 * 60_000);
    // Two old nodes are down for all of the move: the other three deal, and close.
    for (const place of [0, 3]) faults.dead.add(network.addressOf(place));
    await client.movePin(pin, noProgress);
    await client.settled();
    await expectOneWallet(moving, owner);
    expect(await client.wallet.state()).toMatchObject({ is: 'ready', address: owner.address });
    // Each new node knows of the payment that three of the old ones signed, and of the limit.
    for (const record of (await recordsOf(moving, owner)).new)
      expect(record?.wallet.spending).toMatchObject({
        limits: { limits: { lamports: 3_000_000n }, pending: null },
        intents: [{ lamports: expect.any(BigInt), spentAtMs: expect.any(Number), isConsumed: true }],
      });
    await pay(client);
    // 2 of 3 million lamports and two fees are spent, one of them at nodes that are gone.
    await expect(pay(client)).rejects.toMatchObject({ name: 'OverLimit' });
    faults.dead.clear();
    network.clock.advance(24 * 3_600_000);
    const other = testClient(network, walletDeps(ledger));
    await other.loginWithWords(owner.words);
    await other.unlock(pin, noProgress);
    await other.settled();
    network.clock.advance(25 * 3_600_000);
    await expectMoved(moving, owner, other);
    await network.stop();
  },
);
