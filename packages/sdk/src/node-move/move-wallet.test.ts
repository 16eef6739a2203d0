import { webcrypto } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type PinStore, postgresPool, postgresStore, recordIdOf } from '@hexkey/pin-node';
import {
  decodeMoveRequest,
  decodeWalletAnswer,
  decodeWalletRequest,
  equalBytes,
  fromBase58,
  type MoveRequest,
  walletNodesOf,
} from '@hexkey/protocol';
import { createPostgresDatabase, postgresOfTests } from '@hexkey/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { HexkeyClient } from '../create-hexkey.ts';
import type { Fetch } from '../deps.ts';
import { exportableEngine } from '../node.ts';
import { deviceSigner } from '../storage/device-key.ts';
import { fileVault } from '../storage/file-vault.ts';
import { mortalFetch } from '../testing/mortal-fetch.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { testDevice } from '../testing/test-channel.ts';
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

/** With it the nodes keep their records there, each in a database of its own. */
const server = postgresOfTests();
let ledger: TestLedger;
let folder: string;
const databases: { readonly drop: () => Promise<void> }[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hexkey-move-'));
  ledger = await startLedger();
});
afterAll(async () => {
  await ledger.stop();
  isOver = true;
  for (const { drop } of databases) await drop();
  rmSync(folder, { recursive: true });
});

/** A network whose installation gets a second node set. All that its nodes and owners keep is in files, or in PostgreSQL. */
interface Moving {
  readonly network: TestNetwork;
  readonly next: TestNodes;
  readonly stores: { readonly old: readonly PinStore[]; readonly new: readonly PinStore[] };
  readonly owners: readonly FilePerson[];
}

type Activation = Extract<MoveRequest, { readonly kind: 'Activate' }>;

interface FilePerson extends WalletPerson {
  /** Of their vault. */
  readonly path: string;
}

const subtle = webcrypto.subtle as SubtleCrypto;
const engine = exportableEngine(subtle);
/** What a process reads that begins anew. */
const vaultOf = ({ path }: Pick<FilePerson, 'path'>) => ({ vault: fileVault(path, subtle), engine });

/** @param owners people with a wallet at the first set, before the server tells of the second */
async function startMoving(from: number, to: number, owners: number): Promise<Moving> {
  const files = mkdtempSync(join(folder, 'network-'));
  const keep = (name: string, stores: PinStore[]) => {
    const urls: string[] = [];
    return async (node: number) => {
      const dataDirectory = join(files, `${name}-${node}`);
      mkdirSync(dataDirectory, { recursive: true });
      if (server !== null && urls[node] === undefined) {
        const database = await createPostgresDatabase(server);
        databases.push(database);
        urls[node] = database.url;
      }
      const url = urls[node];
      const store = await (url === undefined
        ? openStore({ dataDirectory, realmId: '', databaseUrl: null }, unexpected)
        : postgresStore(postgresPool(url, unexpected), `${name}-${node}`));
      stores[node] = store;
      return store;
    };
  };
  const old: PinStore[] = [];
  const later: PinStore[] = [];
  const network = await startNetwork(from, undefined, keep('old', old));
  const next = await network.addSet(to, keep('new', later));
  const people: FilePerson[] = [];
  for (let place = 0; place < owners; place += 1) {
    const path = join(files, `owner-${place}.json`);
    const person = { ...(await newWalletPerson(network, ledger, vaultOf({ path }))), path };
    await person.wallet.requestTestFunds(null);
    people.push(person);
  }
  network.clock.advance(11 * 60_000);
  await network.serves([network.document, next.document]);
  return { network, next, stores: { old, new: later }, owners: people };
}

let isOver = false;
/** A connection may still be on its way out when its database is dropped. */
function unexpected(error: Error): void {
  if (!isOver) throw error;
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
async function expectMoved(moving: Moving, owner: FilePerson, client: HexkeyClient): Promise<void> {
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
  await expectNothingSigned(moving, owner);
}

/** The device that made the wallet, and was let sign by all of them, asks the old nodes for one more signature. */
async function expectNothingSigned({ network }: Moving, owner: FilePerson): Promise<void> {
  const { accountId, deviceKey } = (await vaultOf(owner).vault.currentAccount()) ?? expect.fail('no account');
  const { channel } = await testDevice(network, accountId, { signer: deviceSigner(engine, deviceKey) });
  const { nodes, parties } = walletNodesOf(network.set.nodeSet, network.set.hash);
  const signers = nodes.slice(0, network.set.nodeSet.threshold).map(({ identifier }) => identifier);
  const asked = {
    kind: 'Prepare',
    wallet: fromBase58(owner.address, 32),
    epoch: 1,
    intent: new Uint8Array(16),
    attempt: 1,
    message: new Uint8Array(200),
    signers: [...signers, ...parties.clients],
    expiresAtMs: network.clock.now() + 60_000,
  } as const;
  for (const { realmId } of nodes) {
    expect(await channel.askWallet(realmId, asked)).toMatchObject({ answer: { outcome: 'PinNeeded' } });
    const { kind: _, message: __, signers: ___, expiresAtMs, ...place } = asked;
    const auth = { key: 'pin', expiresAtMs, signature: new Uint8Array(64) } as const;
    const share = { kind: 'Share', ...place, commitments: [], auth } as const;
    expect(await channel.askWallet(realmId, share)).toMatchObject({ answer: { outcome: 'Gone' } });
  }
}

describe('a move with a wallet that stops anywhere leaves one wallet at one set, and is finished', () => {
  // 3 arrivals, 2 deals, 3 shares taken, 3 closings, 3 activations, the server about the nodes, the server about the wallet.
  const all = Array.from({ length: 16 }, (_, step) => step + 1);
  // One of each phase where another store is all that differs.
  const steps = server === null ? all : [3, 5, 8, 11, 14];
  let three: Moving;
  beforeAll(async () => {
    // And one for each of the tests below.
    three = await startMoving(2, 2, steps.length + 2);
  });
  afterAll(() => three.network.stop());

  test.each(steps)('2 of 3 nodes, after %i requests', async (step) => {
    const { network, next, owners } = three;
    const owner = owners[steps.indexOf(step)] ?? expect.fail('no owner');
    const faults = faultyFetch();
    const mortal = await restartedPerson(network, ledger, vaultOf(owner), {
      engine,
      fetch: mortalFetch(faults.fetch, step, step % 3 === 0),
    });
    await mortal.movePin(pin, noProgress).catch(expectCutOff);
    await mortal.settled();
    await expectOneWallet(three, owner);
    // A node of each set was ended too, and has what it wrote down.
    await network.restart((step + 2) % 3, () => undefined);
    await next.restart((step + 2) % 3, () => undefined);
    network.clock.advance(31 * 60_000);
    // Some of either set may be away while it goes on.
    faults.dead.add(network.addressOf(step % 3)).add(next.addressOf((step + 1) % 3));
    const isSame = step % 2 === 0;
    const resumed = isSame
      ? await restartedPerson(network, ledger, vaultOf(owner), { engine, fetch: faults.fetch })
      : testClient(network, { ...walletDeps(ledger), fetch: faults.fetch });
    if (!isSame) await resumed.loginWithWords(owner.words);
    if (!isSame) await resumed.unlock(pin, noProgress);
    else await resumed.checkPin(pin, noProgress);
    await resumed.settled();
    await expectOneWallet(three, owner);
    faults.dead.clear();
    network.clock.advance(31 * 60_000);
    const first = await restartedPerson(network, ledger, vaultOf(owner), { engine });
    // What was begun and not lost goes on by itself on the device that began it, or, once a node has closed, on any.
    for (const client of isSame ? [first] : [resumed, first])
      for (let entry = 0; entry < 2; entry += 1) {
        await client.checkPin(pin, noProgress);
        await client.settled();
        await expectOneWallet(three, owner);
      }
    await expectMoved(three, owner, first);
  });

  /** Keeps this new node from what these requests bring, and notes what it was to be activated by. */
  function keptFrom(address: string, kinds: Set<MoveRequest['kind']>) {
    const seen: { activate: Activation | null } = { activate: null };
    const held: Fetch = async (url, init) => {
      if (!url.startsWith(address) || !url.endsWith('/move')) return fetch(url, init);
      const request = decodeMoveRequest(init.body as Uint8Array);
      if (request.kind === 'Activate') seen.activate = request;
      if (kinds.has(request.kind)) throw new TypeError('fetch failed');
      return fetch(url, init);
    };
    return { seen, fetch: held };
  }

  const isShareRequest = (url: string, { body }: RequestInit) =>
    url.endsWith('/wallet') && body instanceof Uint8Array && decodeWalletRequest(body).kind === 'Share';

  /** What the third of the new nodes answers to that, whoever sends it. */
  async function activating(owner: FilePerson, request: Activation | null): Promise<string> {
    const { accountId } = (await vaultOf(owner).vault.currentAccount()) ?? expect.fail('no account');
    const { set, document } = three.next;
    const { channel } = await testDevice({ ...three.network, set, document }, accountId);
    const asked = request ?? expect.fail('nothing was to be activated');
    const reply = await channel.askMove(set.nodeSet.nodes[2]?.realmId ?? '', asked);
    return reply.ok ? reply.answer.outcome : reply.failure;
  }

  test('an owner who accepts fewer new nodes has the wallet at those; one that missed its share serves the PIN by their word, not by that of fewer', async () => {
    const { network, next, owners } = three;
    const owner = owners[steps.length] ?? expect.fail('no owner');
    // The old nodes have shown commitments for a payment, and are asked for its shares when they have closed.
    const asked: { url: string; init: RequestInit }[] = [];
    const preparing = await restartedPerson(network, ledger, vaultOf(owner), {
      engine,
      async fetch(url, init) {
        if (!isShareRequest(url, init)) return fetch(url, init);
        asked.push({ url, init });
        throw new TypeError('fetch failed');
      },
    });
    await expect(pay(preparing)).rejects.toMatchObject({ name: 'NodesUnavailable' });
    await preparing.settled();
    const kinds = new Set<MoveRequest['kind']>(['TakeShare', 'Activate']);
    const { seen, fetch: held } = keptFrom(next.addressOf(2), kinds);
    const client = await restartedPerson(network, ledger, vaultOf(owner), { engine, fetch: held });
    await client.movePin(pin, noProgress, { acceptFewerNodes: true });
    await client.settled();
    await expectOneWallet(three, owner);
    expect(asked.length).toBeGreaterThan(0);
    for (const { url, init } of asked) {
      const answer = await fetch(url, init);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      expect(decodeWalletAnswer(bytes, 'Share')).toMatchObject({ outcome: 'PinNeeded' });
    }
    const { activate } = seen;
    if (activate === null) return expect.fail('nothing was to be activated');
    const [receipt] = activate.receipts;
    for (const refused of [
      { ...activate, wallet: null, receipts: [] },
      { ...activate, receipts: receipt === undefined ? [] : [receipt, receipt] },
      { ...activate, wallet: activate.wallet && { ...activate.wallet, arrived: new Uint8Array(32) } },
    ])
      expect(await activating(owner, refused)).toBe('Refused');
    expect((await recordsOf(three, owner)).new[2]).toMatchObject({ committed: null });
    expect(await activating(owner, activate)).toBe('Ok');
    const third = (await recordsOf(three, owner)).new[2];
    expect(third).toMatchObject({ committed: expect.anything(), wallet: { committed: null } });
    expect(await client.wallet.state()).toMatchObject({ is: 'ready', address: owner.address });
    await pay(client);
    await client.settled();
    await expectNothingSigned(three, owner);
  });

  test('a new node that missed only its activation is given the PIN by the others once the old nodes are gone, and takes its share by the word of t that serve it', async () => {
    const { network, next, owners } = three;
    const owner = owners[steps.length + 1] ?? expect.fail('no owner');
    const thirdNode = async () => (await recordsOf(three, owner)).new[2];
    const { seen, fetch: held } = keptFrom(next.addressOf(2), new Set(['Activate']));
    const mover = await restartedPerson(network, ledger, vaultOf(owner), { engine, fetch: held });
    await mover.movePin(pin, noProgress);
    await mover.settled();
    expect(await thirdNode()).toMatchObject({
      committed: null,
      arrivals: [{ share: expect.anything() }],
    });
    const first = seen.activate ?? expect.fail('nothing was to be activated');
    const withoutOld: Fetch = (url, init) => {
      if ([0, 1, 2].some((place) => url.startsWith(network.addressOf(place))))
        throw new TypeError('fetch failed');
      return held(url, init);
    };
    const heard = await restartedPerson(network, ledger, vaultOf(owner), { engine, fetch: withoutOld });
    await heard.checkPin(pin, noProgress);
    await heard.settled();
    expect(await thirdNode()).toMatchObject({
      committed: expect.anything(),
      wallet: { committed: null },
      arrivals: [{ share: expect.anything() }],
    });
    // Nobody could sign at both sets: that t old nodes have let go is told by t new ones that saw it, and by no fewer.
    const { receipts } = seen.activate ?? expect.fail('nothing was to be activated');
    const serving = receipts.filter(({ active }) => active);
    const [one] = serving;
    expect(serving).toHaveLength(2);
    for (const told of [
      { closings: [], receipts: first.receipts },
      { closings: first.closings.slice(0, 1), receipts: one === undefined ? [] : [one, one] },
      { closings: [], receipts: first.receipts.map((receipt) => ({ ...receipt, active: true })) },
    ])
      expect(await activating(owner, { ...first, ...told })).toBe('Changed');
    expect(await thirdNode()).toMatchObject({ wallet: { committed: null } });
    const faults = faultyFetch();
    for (const place of [0, 1, 2]) faults.dead.add(network.addressOf(place));
    const later = await restartedPerson(network, ledger, vaultOf(owner), { engine, fetch: faults.fetch });
    await later.checkPin(pin, noProgress);
    await later.settled();
    const third = await thirdNode();
    expect(third).toMatchObject({ wallet: { committed: { package: { epoch: 2 } } }, arrivals: [] });
    // It was told of no payment, so all counts as spent there for a day.
    expect(third?.wallet.spending.fullUntilMs).toBe(network.clock.now() + 24 * 3_600_000);
    network.clock.advance(25 * 3_600_000);
    faults.dead.add(next.addressOf(0));
    await pay(later);
    await later.settled();
    await expectNothingSigned(three, owner);
  });
});

/** Nothing but the network stopped it. */
const expectCutOff = (error: unknown) =>
  expect(error).toMatchObject({
    name: expect.stringMatching(/^(Offline|NodesUnavailable|SomeNodesAway|PinNeededAgain)$/),
  });

test.skipIf(server !== null)(
  'a client that is ended at each request it sends, time after time, gets its wallet there from what is in its files',
  async () => {
    const moving = await startMoving(2, 2, 1);
    const { network, next } = moving;
    const owner = moving.owners[0] ?? expect.fail('no owner');
    const account = async () => (await vaultOf(owner).vault.currentAccount()) ?? expect.fail('no account');
    let lives = 0;
    for (let isCutOff = true; isCutOff; lives += 1) {
      // Hours later, so that the tries of lives that ended before their answer lock nothing.
      network.clock.advance(6 * 3_600_000);
      isCutOff = false;
      let sent = 0;
      const losesLastAnswer = lives % 2 === 0;
      const counting: Fetch = (url, init) => {
        sent += 1;
        isCutOff = losesLastAnswer ? sent >= lives : sent > lives;
        return mortal(url, init);
      };
      const mortal = mortalFetch(fetch, lives, losesLastAnswer, () => true);
      const client = testClient(network, { ...walletDeps(ledger), ...vaultOf(owner), fetch: counting });
      await client.start().catch(expectCutOff);
      // The owner asks for it once; from then on it goes on behind each PIN entry.
      const { movingTo, nodeSetHash } = await account();
      const isBegun =
        movingTo !== undefined || (nodeSetHash !== null && equalBytes(nodeSetHash, next.set.hash));
      const entered = isBegun ? client.checkPin(pin, noProgress) : client.movePin(pin, noProgress);
      await entered.catch(expectCutOff);
      await client.settled();
      await expectOneWallet(moving, owner);
    }
    // Not each of these lives began anew: each request of a move is among them, and many of ones that had come further.
    expect(lives).toBeGreaterThan(30);
    const client = await restartedPerson(network, ledger, vaultOf(owner), { engine });
    // A node that missed its activation may be given the PIN by this entry in the moment in which it is activated behind it: then the next one does it.
    await client.checkPin(pin, noProgress);
    await client.settled();
    await expectMoved(moving, owner, client);
    await network.stop();
  },
);

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
    const client = await restartedPerson(network, ledger, vaultOf(owner), { engine, fetch: faults.fetch });
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
