import {
  type AttemptEntry,
  attemptLogKeptMs,
  deviceKeyThumbprint,
  firstLogHead,
  fromHex,
  keyPairOfSeed,
  maxLogPage,
  type Registration,
  Secret,
  type SignedLogHead,
  toBase64url,
  verifyEntries,
} from '@hexkey/protocol';
import { fixedClock, seededRandom } from '@hexkey/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryStore } from '../records/memory-store.ts';
import type { PinStore } from '../records/pin-store.ts';
import { recordIdOf } from '../records/record-id.ts';
import { aBlindedInput, aRegistration } from '../testing/a-registration.ts';
import { type NodeNetwork, startNodeNetwork } from '../testing/node-network.ts';
import { type Reply, type SendOptions, type TestDevice, testDevice } from '../testing/test-device.ts';

const user = { tenant: 'hexkey', userId: 'alice' };
let clock: ReturnType<typeof fixedClock>;
let random: ReturnType<typeof seededRandom>;
let network: NodeNetwork;
let node: NodeNetwork['nodes'][number];
let phone: TestDevice;
let first: Registration;

beforeEach(async () => {
  clock = fixedClock('2030-01-01');
  random = seededRandom('attempt log');
  await start(memoryStore());
  first = aRegistration(random);
});
afterEach(() => network.stop());

/** The same node and the same phone each time, over another store. */
async function start(store: PinStore): Promise<void> {
  network = await startNodeNetwork(1, { clock, random: seededRandom('the node'), store });
  node = network.nodes[0] as typeof node;
  phone = testDevice(network, { clock, random: seededRandom('the phone') });
}

const device = () => testDevice(network, { clock, random });
const stage = (who: TestDevice, registration: Registration) =>
  who.send({ kind: 'Stage', registration, nodeSetHash: new Uint8Array(32), loginKey: null });
const commit = (who: TestDevice, { version, unlockKeyTag }: Registration) =>
  who.send({ kind: 'Commit', version, unlockKeyTag });
const guess = (who: TestDevice, options?: SendOptions) =>
  who.send({ kind: 'Recover2', version: first.version, blindedInput: aBlindedInput(random) }, options);
const prove = (who: TestDevice, unlockKeyTag = first.unlockKeyTag) =>
  who.send({ kind: 'Recover3', version: first.version, unlockKeyTag });
const outcome = (reply: Reply) => ('outcome' in reply ? reply.outcome : reply.refused);

async function setFirst(): Promise<void> {
  await stage(phone, first);
  expect(outcome(await commit(phone, first))).toBe('Ok');
}

async function read(who: TestDevice, afterSequence = 0) {
  const reply = await who.send({ kind: 'ReadLog', afterSequence });
  if ('refused' in reply || reply.kind !== 'ReadLog' || reply.outcome !== 'Ok')
    throw new Error(`no log: ${outcome(reply)}`);
  return reply;
}

const owner = () => ({ realmId: fromHex(node.realmId), user, logKey: node.logKeys.publicKey });
const verify = (received: { entries: readonly AttemptEntry[]; head: SignedLogHead }) =>
  verifyEntries(owner(), null, received, clock.now());
const told = (entries: readonly AttemptEntry[]) =>
  entries.map(({ operation, outcome: how, bucket }) => `${operation} ${how} ${bucket}`);
const stored = () => node.store.readEntries(recordIdOf(user), { after: 0, through: 1e6, limit: 1e6 });

describe('what a node writes down', () => {
  test('is every guess, right PIN, set and change, with the device that made it', async () => {
    await setFirst();
    await guess(phone);
    const thief = device();
    await guess(thief);
    await prove(phone);
    const second = aRegistration(random);
    await stage(phone, second);
    await commit(phone, { ...second, unlockKeyTag: random(16) });
    await commit(phone, second);
    const log = await read(phone);
    expect(told(log.entries)).toEqual([
      'stage done newDevice',
      'commit right newDevice',
      'guess done provenDevice',
      'guess done newDevice',
      'proof right provenDevice',
      'stage done provenDevice',
      'commit wrong provenDevice',
      'commit right provenDevice',
    ]);
    expect(log.entries.map(({ device: name }) => toBase64url(name ?? random(32)))).toEqual(
      [phone, phone, phone, thief, phone, phone, phone, phone].map(({ keys }) =>
        deviceKeyThumbprint(keys.publicKey),
      ),
    );
    expect(log.entries.every(({ timeMs }) => timeMs === clock.now())).toBe(true);
    expect(verify(log)).toEqual({ verdict: 'ok', oldestSequence: null });
  });

  test('is durable before a guess is answered', async () => {
    await setFirst();
    const before = (await stored()).length;
    expect(outcome(await guess(phone))).toBe('Ok');
    expect(told((await stored()).slice(before))).toEqual(['guess done provenDevice']);
  });

  test('is one entry for a guess that was repeated because its answer was lost', async () => {
    await setFirst();
    const same = { kind: 'Recover2', version: first.version, blindedInput: aBlindedInput(random) } as const;
    await phone.send(same);
    await phone.send(same);
    expect(told(await stored()).filter((line) => line.startsWith('guess'))).toHaveLength(1);
  });

  test('of refusals is one an hour, however many strangers with new keys are refused', async () => {
    await setFirst();
    for (let tries = 0; tries < 10; tries += 1) await guess(device());
    const before = (await stored()).length;
    for (let tries = 0; tries < 5; tries += 1) expect(outcome(await guess(device()))).toBe('Locked');
    expect(told((await stored()).slice(before))).toEqual(['guess refused newDevice']);
    clock.advance(3_600_000);
    for (let tries = 0; tries < 5; tries += 1) await guess(device());
    expect((await stored()).slice(before)).toHaveLength(2);
  });

  test('of a locked device is told beside that of strangers', async () => {
    await setFirst();
    for (let tries = 0; tries < 10; tries += 1) await guess(device());
    for (let tries = 0; tries < 5; tries += 1) await guess(phone);
    const before = (await stored()).length;
    await guess(device());
    await guess(phone);
    await guess(phone);
    expect(told((await stored()).slice(before))).toEqual([
      'guess refused newDevice',
      'guess refused provenDevice',
    ]);
  });

  test('includes what was refused for want of the right PIN, and wrong tags', async () => {
    await setFirst();
    const thief = device();
    const theirs = aRegistration(random);
    expect(outcome(await stage(thief, theirs))).toBe('ProofRequired');
    expect(outcome(await thief.send({ kind: 'Register2', registration: theirs }))).toBe(403);
    expect(outcome(await thief.send({ kind: 'Delete' }))).toBe(403);
    for (let tries = 0; tries < 3; tries += 1) await prove(thief, random(16));
    expect(told((await stored()).slice(2))).toEqual([
      'stage refused newDevice',
      'register refused newDevice',
      'delete refused newDevice',
      'proof wrong newDevice',
    ]);
  });

  test('survives the deletion of the PIN', async () => {
    await setFirst();
    expect(outcome(await phone.send({ kind: 'Delete' }))).toBe('Ok');
    await setFirst();
    const log = await read(phone);
    // Staging as a new device was told already, within this hour.
    expect(told(log.entries).slice(2)).toEqual(['delete done provenDevice', 'commit right newDevice']);
    expect(verify(log).verdict).toBe('ok');
  });

  test('is forgotten after a year, and the rest still verifies', async () => {
    await setFirst();
    await guess(phone);
    clock.advance(attemptLogKeptMs - 1);
    await prove(phone);
    expect((await read(phone)).entries).toHaveLength(4);
    clock.advance(24 * 3_600_000);
    await prove(phone);
    const log = await read(phone);
    expect(told(log.entries)).toEqual(['proof right provenDevice', 'proof right provenDevice']);
    expect(verify(log)).toEqual({ verdict: 'ok', oldestSequence: 4 });
  });

  test('is one chain whatever many devices do at once', async () => {
    await setFirst();
    const devices = Array.from({ length: 6 }, device);
    await Promise.all([...devices, ...devices].map((who) => guess(who)));
    await Promise.all(devices.map((who) => prove(who)));
    const log = await read(phone);
    expect(log.entries.length).toBeGreaterThan(12);
    expect(verify(log).verdict).toBe('ok');
  });
});

describe('the log is released', () => {
  test('only to a device that showed the right PIN within ten minutes', async () => {
    await setFirst();
    const thief = device();
    await guess(thief);
    await prove(thief, random(16));
    expect(await thief.send({ kind: 'ReadLog', afterSequence: 0 })).toEqual({
      kind: 'ReadLog',
      outcome: 'ProofRequired',
    });
    expect((await read(phone)).entries.length).toBeGreaterThan(0);
    clock.advance(600_001);
    expect(outcome(await phone.send({ kind: 'ReadLog', afterSequence: 0 }))).toBe('ProofRequired');
    await prove(phone);
    expect((await read(phone)).entries.length).toBeGreaterThan(0);
  });

  test('not for a first PIN that nobody committed', async () => {
    await setFirst();
    await phone.send({ kind: 'Delete' });
    const stranger = device();
    const theirs = aRegistration(random);
    await stage(stranger, theirs);
    await stranger.send({ kind: 'Recover3', version: theirs.version, unlockKeyTag: theirs.unlockKeyTag });
    expect(outcome(await stranger.send({ kind: 'ReadLog', afterSequence: 0 }))).toBe('ProofRequired');
  });

  test('in pages, of which the last ends at the signed head', async () => {
    await setFirst();
    for (let times = 0; times < maxLogPage; times += 1) await prove(phone);
    const page = await read(phone);
    expect(page.entries).toHaveLength(maxLogPage);
    const rest = await read(phone, maxLogPage);
    expect(rest.entries).toHaveLength(2);
    expect(verify({ entries: [...page.entries, ...rest.entries], head: rest.head }).verdict).toBe('ok');
    const nothing = await read(phone, maxLogPage + 2);
    expect(nothing.entries).toEqual([]);
    expect(
      verifyEntries(owner(), { ...rest.head, seenAtMs: clock.now() }, nothing, clock.now()).verdict,
    ).toBe('ok');
  });

  test('empty for an account whose PIN was set before nodes kept logs', async () => {
    await setFirst();
    const recordId = recordIdOf(user);
    const { record, revision } = (await node.store.read(recordId)) as NonNullable<
      Awaited<ReturnType<typeof node.store.read>>
    >;
    const old = { ...record, log: { head: null, refusals: [], prunedAtMs: 0 } };
    await node.store.replace(recordId, revision, old, {
      entries: [],
      forgetBeforeMs: Number.MAX_SAFE_INTEGER,
    });
    const { head } = await read(phone);
    expect(head).toMatchObject(firstLogHead(owner()));
  });
});

test('a node with yesterday’s database is found out by whoever saw its head', async () => {
  await setFirst();
  const yesterday = (await node.store.read(recordIdOf(user)))?.record ?? expect.fail('nothing was stored');
  const entries = await stored();
  await prove(phone);
  const seen = { ...(await read(phone)).head, seenAtMs: clock.now() };
  await network.stop();

  const store = memoryStore();
  await store.replace(recordIdOf(user), 0, yesterday, { entries, forgetBeforeMs: null });
  await start(store);
  const after = () => read(phone, seen.sequence);
  expect(verifyEntries(owner(), seen, await after(), clock.now())).toEqual({
    verdict: 'shrank',
    fromSequence: 3,
    toSequence: 2,
  });
  clock.advance(1);
  await prove(phone);
  await prove(phone);
  expect(verifyEntries(owner(), seen, await after(), clock.now())).toEqual({ verdict: 'forked' });
});

test('a head verifies under no other key than the node’s', async () => {
  await setFirst();
  const other = keyPairOfSeed(new Secret(random(32)));
  expect(
    verifyEntries({ ...owner(), logKey: other.publicKey }, null, await read(phone), clock.now()),
  ).toEqual({ verdict: 'broken', fault: 'signature' });
});
