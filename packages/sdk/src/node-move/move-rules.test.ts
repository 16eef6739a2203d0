import { memoryStore, type PinStore, recordIdOf } from '@hexkey/pin-node';
import {
  decodeMoveRequest,
  fromHex,
  type MoveRequest,
  Secret,
  type SignedNodeSet,
  toHex,
} from '@hexkey/protocol';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Fetch } from '../deps.ts';
import { stageRecord } from '../pin/stage-record.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import { mortalFetch } from '../testing/mortal-fetch.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { heldNow, type TestDevice, testDevice } from '../testing/test-channel.ts';
import { faultyFetch, noProgress, pinOf, testClient } from '../testing/test-client.ts';
import type { TestNodes } from '../testing/test-nodes.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const pin = pinOf('271828');
const nextPin = pinOf('314159');
const wrongPins = ['161803', '141421', '173205', '223606', '244948', '264575'].map(pinOf);

let network: TestNetwork;
let next: TestNodes;
const stores: { old: PinStore[]; new: PinStore[] } = { old: [], new: [] };
const kept = (of: PinStore[]) => (node: number) => {
  of[node] ??= memoryStore();
  return of[node];
};
beforeAll(async () => {
  network = await startNetwork(2, undefined, kept(stores.old));
  next = await network.addSet(2, kept(stores.new));
});
afterAll(() => network.stop());

const serveFirst = () => network.serves([network.document]);
const serveBoth = () => network.serves([network.document, next.document]);
const forgetProofs = () => network.clock.advance(11 * 60_000);

/** An account on the first set, while the second one is offered. */
async function anOwner() {
  await serveFirst();
  const vault = memoryVault();
  const faults = faultyFetch();
  const client = testClient(network, { vault, fetch: faults.fetch });
  const words = client.newWords();
  await client.registerWithWords(words);
  await client.setPin(pin, noProgress);
  await client.settled();
  const account = (await vault.currentAccount()) ?? expect.fail('no account');
  const user = { tenant: network.set.nodeSet.tenant, userId: account.accountId };
  forgetProofs();
  await serveBoth();
  return { client, vault, faults, words, recordId: recordIdOf(user) };
}
type Owner = Awaited<ReturnType<typeof anOwner>>;

/** Another device of the account, which has shown the PIN. */
async function anotherDevice({ words }: Owner, given: { fetch?: Fetch } = {}) {
  const vault = memoryVault();
  const client = testClient(network, { vault, ...given });
  await client.loginWithWords(words);
  await client.unlock(pin, noProgress);
  await client.settled();
  return { client, vault };
}

const committedAt = async (at: readonly PinStore[], { recordId }: Owner) =>
  (await Promise.all(at.map((store) => store.read(recordId)))).filter((stored) => stored?.record.committed)
    .length;

describe('what was tried before a move counts after it', () => {
  test('for a device that is locked: it stays locked, as long as it was', async () => {
    const owner = await anOwner();
    const { client: other } = await anotherDevice(owner);
    for (const wrong of wrongPins.slice(0, 5))
      await other.checkPin(wrong, noProgress).catch((error: Error) => expect(error).toBeInstanceOf(Error));
    await other.settled();
    await owner.client.movePin(pin, noProgress);
    await owner.client.settled();
    network.clock.advance(60_000);
    await expect(other.checkPin(pin, noProgress)).rejects.toMatchObject({ name: 'PinLocked' });
    network.clock.advance(24 * 3_600_000);
    await other.checkPin(pin, noProgress);
    await other.settled();
  });

  test('for one with tries left: it has so many left, and none more', async () => {
    const owner = await anOwner();
    const { client: other } = await anotherDevice(owner);
    for (const wrong of wrongPins.slice(0, 2))
      await expect(other.checkPin(wrong, noProgress)).rejects.toMatchObject({ name: 'WrongPin' });
    await owner.client.movePin(pin, noProgress);
    await owner.client.settled();
    await expect(other.checkPin(wrongPins[2] ?? pin, noProgress)).rejects.toMatchObject({
      name: 'WrongPin',
      details: { attemptsLeft: 2 },
    });
    await other.checkPin(pin, noProgress);
    await other.settled();
  });
});

describe('a client goes to no other nodes', () => {
  const refused = { name: 'NodeSetMismatch' };

  test('than those to which approvals lead from the ones it knows', async () => {
    const owner = await anOwner();
    await owner.client.movePin(pin, noProgress);
    await owner.client.settled();
    // Rolled back: the set it is on is not served any more.
    await serveFirst();
    await expect(owner.client.checkPin(pin, noProgress)).rejects.toMatchObject(refused);
    await serveBoth();
    await owner.client.checkPin(pin, noProgress);
    await owner.client.settled();
  });

  test.each([
    ['without approvals', () => []],
    ['with those of fewer than t nodes', () => (next.document.approvals ?? []).slice(1)],
  ])('to a set %s', async (_, approvals) => {
    const owner = await anOwner();
    let isAsked = false;
    const lying: Fetch = async (url, init) => {
      const response = await owner.faults.fetch(url, init);
      if (!url.endsWith('/api/v1/node-sets')) {
        isAsked ||= next.set.nodeSet.nodes.some(({ address }) => url.startsWith(address));
        return response;
      }
      const { sets, ...told } = (await response.json()) as { sets: SignedNodeSet[] };
      const changed = sets.map((set, place) => (place === 1 ? { ...set, approvals: approvals() } : set));
      return Response.json({ ...told, sets: changed });
    };
    const client = testClient(network, { vault: owner.vault, fetch: lying });
    await client.start();
    await expect(client.movePin(pin, noProgress)).rejects.toMatchObject(refused);
    await expect(client.checkPin(pin, noProgress)).rejects.toMatchObject(refused);
    expect(isAsked).toBe(false);
  });
});

describe('nodes that are away', () => {
  test('of the new set are told of before a guess is made, and the owner may accept t', async () => {
    const owner = await anOwner();
    owner.faults.dead.add(next.addressOf(1));
    owner.faults.requests.length = 0;
    await expect(owner.client.movePin(pin, noProgress)).rejects.toMatchObject({
      name: 'SomeNodesAway',
      details: { reachable: 2, needed: 3 },
    });
    const isOld = (url: string) => [0, 1, 2].some((node) => url.startsWith(network.addressOf(node)));
    expect(owner.faults.requests.filter(({ url }) => isOld(url) && url.endsWith('/req'))).toEqual([]);
    await owner.client.movePin(pin, noProgress, { acceptFewerNodes: true });
    await owner.client.settled();
    owner.faults.dead.clear();
    // It is given the PIN like any node that missed it.
    await owner.client.checkPin(pin, noProgress);
    await owner.client.settled();
    expect(await committedAt(stores.new, owner)).toBe(3);
    owner.faults.dead.add(next.addressOf(0));
    await owner.client.checkPin(pin, noProgress);
    await owner.client.settled();
  });

  test('of the old set keep their record until they are back, whichever device enters the PIN then', async () => {
    const owner = await anOwner();
    owner.faults.dead.add(network.addressOf(2));
    await owner.client.movePin(pin, noProgress);
    await owner.client.settled();
    expect(await committedAt(stores.old, owner)).toBe(1);
    await anotherDevice(owner);
    expect(await committedAt(stores.old, owner)).toBe(0);
  });
});

/** A move that goes as far as its first Close, and the requests that did not arrive. */
async function aMoveBeforeClosing({ vault }: Pick<Owner, 'vault'>, typed = pin) {
  const late: { url: string; init: RequestInit }[] = [];
  const holding: Fetch = async (url, init) => {
    if (url.endsWith('/move') && kindOf(init) === 'Close') {
      late.push({ url, init });
      throw new TypeError('fetch failed');
    }
    return fetch(url, init);
  };
  const held = testClient(network, { vault, fetch: holding });
  await held.start();
  await expect(held.movePin(typed, noProgress)).rejects.toMatchObject({ name: 'NodesUnavailable' });
  await held.settled();
  return { late };
}

test('a Close from before another device showed the PIN erases nothing: that device may be changing it', async () => {
  const owner = await anOwner();
  const { client: other } = await anotherDevice(owner);
  const { late } = await aMoveBeforeClosing(owner);
  expect(late).toHaveLength(3);
  await other.checkPin(pin, noProgress);
  await other.settled();
  for (const { url, init } of late) await fetch(url, init);
  expect(await committedAt(stores.old, owner)).toBe(3);
  // Whoever shows it last goes on.
  await other.movePin(pin, noProgress);
  await other.settled();
  expect(await committedAt(stores.old, owner)).toBe(0);
});

test('a device that is not the last to show the old nodes its PIN closes none of them', async () => {
  const owner = await anOwner();
  const { client: other } = await anotherDevice(owner);
  const asked: string[] = [];
  const overtaken: Fetch = async (url, init) => {
    if (!url.endsWith('/move')) return fetch(url, init);
    const kind = kindOf(init);
    if (kind === 'Arrive' && !asked.includes(kind)) {
      asked.push(kind);
      await other.checkPin(pin, noProgress);
      await other.settled();
    }
    asked.push(kind);
    return fetch(url, init);
  };
  const mover = testClient(network, { vault: owner.vault, fetch: overtaken });
  await mover.start();
  await expect(mover.movePin(pin, noProgress)).rejects.toMatchObject({ name: 'NodesUnavailable' });
  await mover.settled();
  expect(asked).toContain('Arrive');
  expect(asked).not.toContain('Close');
  await mover.movePin(pin, noProgress);
  await mover.settled();
  expect(await committedAt(stores.old, owner)).toBe(0);
});

test('a Close that arrives after the PIN was changed erases nothing, and the new PIN is the one that moves', async () => {
  const owner = await anOwner();
  // The move stops before anything is closed; the PIN is changed; then what was ordered first arrives after all.
  const { client: mover } = await anotherDevice(owner);
  const { late } = await aMoveBeforeClosing(owner);
  await mover.changePin(pin, nextPin, noProgress);
  await mover.settled();
  for (const { url, init } of late) await fetch(url, init);
  expect(await committedAt(stores.old, owner)).toBe(3);
  await mover.movePin(nextPin, noProgress);
  await mover.settled();
  await expect(mover.checkPin(pin, noProgress)).rejects.toMatchObject({ name: 'WrongPin' });
  await mover.checkPin(nextPin, noProgress);
  await mover.settled();
});

test('a record that arrives takes no other one’s place: an old node may still close for the receipts of that', async () => {
  const owner = await anOwner();
  const other = await anotherDevice(owner);
  await aMoveBeforeClosing(owner);
  await other.client.changePin(pin, nextPin, noProgress);
  await other.client.settled();
  await aMoveBeforeClosing(other, nextPin);
  for (const store of stores.new) {
    const { arrivals } = (await store.read(owner.recordId))?.record ?? expect.fail('nothing arrived');
    expect(new Set(arrivals.map(({ left }) => toHex(left))).size).toBe(2);
  }
});

test('an account whose wallet is only being made does not move, and no node that holds a share of it closes', async () => {
  const owner = await anOwner();
  const store = stores.old[1] ?? expect.fail('no store');
  const { record, revision } = (await store.read(owner.recordId)) ?? expect.fail('no record');
  const noBytes = new Uint8Array(32);
  const wallet = { epoch: 1, nodeSetHash: noBytes, min: 4, max: 5, commitments: [], verifyingShares: [] };
  const key = { identifier: 1, share: new Secret(noBytes) };
  const staged = [{ ceremony: new Uint8Array(16), package: wallet, key, founder: null }];
  const withShare = { ...record, wallet: { ...record.wallet, staged } };
  await store.replace(owner.recordId, revision, withShare, { entries: [], forgetBeforeMs: null });
  await expect(owner.client.movePin(pin, noProgress)).rejects.toMatchObject({ name: 'WalletStaysBehind' });
  expect(await committedAt(stores.old, owner)).toBe(3);
  // A client that goes on all the same: two nodes without a share close, the third does not.
  const blind: Fetch = async (url, init) => {
    const isAsked = url.startsWith(network.addressOf(1)) && url.endsWith('/move');
    if (isAsked && kindOf(init) === 'MoveStatus') throw new TypeError('fetch failed');
    return fetch(url, init);
  };
  const client = testClient(network, { vault: owner.vault, fetch: blind });
  await client.start();
  await client.movePin(pin, noProgress);
  await client.settled();
  expect((await store.read(owner.recordId))?.record).toMatchObject({ departure: null });
  expect(await committedAt(stores.old, owner)).toBe(1);
});

test('of two devices that move at once both end at the same set, with the PIN', async () => {
  const owner = await anOwner();
  const { client: other } = await anotherDevice(owner);
  const moves = [owner.client, other].map((device) =>
    device.movePin(pin, noProgress).catch((error: Error) =>
      expect(error).toMatchObject({
        name: expect.stringMatching(/^(NodesUnavailable|NoNodeSetChange|MoveRefused)$/),
      }),
    ),
  );
  await Promise.all(moves);
  await Promise.all([owner.client.settled(), other.settled()]);
  for (const device of [owner.client, other]) {
    await device.checkPin(pin, noProgress);
    await device.settled();
  }
  const epochs = await Promise.all(
    [owner.client, other].map(async (device) => (await device.pinNodes()).epoch),
  );
  const serving = epochs[0] === 2 ? stores.new : stores.old;
  const { length } = new Set(epochs).size === 1 ? epochs : [];
  expect(length).toBe(2);
  expect(await committedAt(serving, owner)).toBe(3);
});

test('whichever device begins a move, and however often: the new nodes hold one record of it', async () => {
  const owner = await anOwner();
  const { vault } = await anotherDevice(owner);
  const untilClosing: Fetch = async (url, init) => {
    if (url.endsWith('/move') && kindOf(init) === 'Close') throw new TypeError('fetch failed');
    return fetch(url, init);
  };
  for (const devices of [owner.vault, vault, vault]) {
    const client = testClient(network, { vault: devices, fetch: untilClosing });
    await client.start();
    await expect(client.movePin(pin, noProgress)).rejects.toMatchObject({ name: 'NodesUnavailable' });
    await client.settled();
  }
  for (const store of stores.new) {
    const { arrivals } = (await store.read(owner.recordId))?.record ?? expect.fail('nothing arrived');
    expect(arrivals).toHaveLength(1);
  }
  await owner.client.movePin(pin, noProgress);
  await owner.client.settled();
  expect(await committedAt(stores.new, owner)).toBe(3);
  await anotherDevice(owner);
});

test('a device that began and was not heard of moves to the set it was shown, and to no later one', async () => {
  const owner = await anOwner();
  const mortal = testClient(network, {
    vault: owner.vault,
    fetch: mortalFetch(owner.faults.fetch, 2, false),
  });
  await mortal.start();
  await expect(mortal.movePin(pin, noProgress)).rejects.toThrow();
  await mortal.settled();
  expect(await owner.vault.currentAccount()).toMatchObject({ movingTo: next.set.hash });
  await owner.vault.amendAccount((await owner.vault.currentAccount())?.accountId ?? '', (account) => ({
    ...account,
    movingTo: new Uint8Array(32),
  }));
  const resumed = testClient(network, { vault: owner.vault, fetch: owner.faults.fetch });
  await resumed.start();
  forgetProofs();
  await resumed.checkPin(pin, noProgress);
  await resumed.settled();
  expect((await resumed.pinNodes()).epoch).toBe(1);
});

test('nodes take nothing less than the word of t others and the owner’s order, by whomever it is shown', async () => {
  const owner = await anOwner();
  const { accountId } = (await owner.vault.currentAccount()) ?? expect.fail('no account');
  // Somebody else's device, which the account server vouches for.
  const stranger = await testDevice({ ...network, set: next.set, document: next.document }, accountId);
  const first = await stagedBy(stranger);
  const seen = new Map<string, MoveRequest>();
  const holding: Fetch = async (url, init) => {
    if (!url.endsWith('/move')) return fetch(url, init);
    const request = decodeMoveRequest(init.body as Uint8Array);
    seen.set(request.kind, request);
    if (request.kind === 'Close') throw new TypeError('fetch failed');
    return fetch(url, init);
  };
  const mover = testClient(network, { vault: owner.vault, fetch: holding });
  await mover.start();
  await expect(mover.movePin(pin, noProgress)).rejects.toMatchObject({ name: 'NodesUnavailable' });
  await mover.settled();
  const close = seen.get('Close');
  const arrive = seen.get('Arrive');
  if (close?.kind !== 'Close' || arrive?.kind !== 'Arrive') return expect.fail('nothing was asked');
  const { rightPinMark: _, ...ordered } = close;
  const { channel: old } = await testDevice(network, accountId);
  const { channel: later } = stranger;
  const realmOf = (channel: typeof old, node: number) => channel.set.nodeSet.nodes[node]?.realmId ?? '';
  const outcome = async (channel: typeof old, request: MoveRequest, node = 0) => {
    const reply = await channel.askMove(realmOf(channel, node), request);
    return reply.ok ? reply.answer.outcome : reply.failure;
  };
  const [receipt] = close.receipts;
  if (receipt === undefined) return expect.fail('no receipt');
  for (const refused of [
    { ...ordered, order: new Uint8Array(64) },
    { ...ordered, receipts: [] },
    { ...ordered, receipts: [receipt, receipt, receipt] },
    { ...ordered, receipts: close.receipts.map((one) => ({ ...one, active: true })) },
    { ...ordered, arrived: new Uint8Array(16) },
  ])
    expect(await outcome(old, refused)).toBe('Refused');
  expect(await outcome(old, { ...ordered, left: new Uint8Array(16) })).toBe('Changed');
  expect(await outcome(old, { ...ordered, chain: [...close.chain].reverse() })).toBe('broken');
  expect(await outcome(later, arrive)).toBe('ProofRequired');
  // Nobody puts a first record in the way of one that has arrived, nor erases it.
  const stage = { kind: 'Stage', registration: arrive.registration, nodeSetHash: next.set.hash } as const;
  const staged = await later.ask(realmOf(later, 0), { ...stage, loginKey: null });
  expect(staged).toMatchObject({ answer: { outcome: 'ProofRequired' } });
  for (const [realmId, unlockKeyTag] of first.tags) {
    const commit = { kind: 'Commit', version: first.version, unlockKeyTag } as const;
    expect(await later.ask(realmId, commit)).toMatchObject({ answer: { outcome: 'Changed' } });
  }
  expect(await later.ask(realmOf(later, 0), { kind: 'Delete' })).toMatchObject({ ok: false });
  const { chain, left, arrived, wallet } = close;
  const activate = { kind: 'Activate', chain, left, arrived, wallet, receipts: [] } as const;
  expect(await outcome(later, { ...activate, closings: [] })).toBe('Refused');
  expect(await committedAt(stores.old, owner)).toBe(3);

  // Nor does a device that showed no PIN come between, as long as one that did may commit another.
  expect(await outcome(old, ordered)).toBe('Changed');
  forgetProofs();
  const { channel: finisher } = await testDevice(network, accountId);
  const { channel: activator } = await testDevice(
    { ...network, set: next.set, document: next.document },
    accountId,
  );
  const told = await Promise.all(
    [0, 1, 2].map((node) => activator.askMove(realmOf(activator, node), { kind: 'MoveStatus' })),
  );
  const receipts = told.map((reply, node) => {
    if (!reply.ok || reply.answer.arrivals[0] === undefined) return expect.fail('no arrival');
    return { realmId: fromHex(realmOf(activator, node)), ...reply.answer.arrivals[0].receipt };
  });
  const closed = await finisher.askMove(realmOf(finisher, 0), { ...ordered, receipts });
  if (!closed.ok || closed.answer.outcome !== 'Ok')
    return expect.fail('what is ordered and held is not done');
  const closing = { realmId: fromHex(realmOf(old, 0)), ...closed.answer.closing };
  for (const closings of [
    [closing],
    [closing, closing],
    [closing, { ...closing, realmId: fromHex(realmOf(old, 1)) }],
  ])
    expect(await outcome(activator, { ...activate, closings })).toBe('Refused');
  network.clock.advance(16 * 60_000);
  const { channel: afterwards } = await testDevice(network, accountId);
  expect(await outcome(afterwards, ordered, 1)).toBe('Refused');
  expect(await committedAt(stores.new, owner)).toBe(0);
  // The owner's next entry finishes it, from whichever device.
  const { client } = await anotherDevice(owner);
  expect((await client.pinNodes()).epoch).toBe(2);
});

/** A first record of a device's own at each new node, which serves none of the account. */
async function stagedBy(device: TestDevice) {
  const secret = new Secret(device.random(32));
  const record = { pin: nextPin, secret, loginKey: device.random(32) };
  return stageRecord(device, record, await heldNow(device), noProgress);
}

const kindOf = (init: RequestInit): MoveRequest['kind'] => decodeMoveRequest(init.body as Uint8Array).kind;
