import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  decodeEraseAnswer,
  type EraseRequest,
  encodeEraseRequest,
  type KeyPair,
  keyPairOfSeed,
  Secret,
  signEraseOrder,
  signEraseWithdrawal,
} from '@hexkey/protocol';
import { fixedClock, seededRandom } from '@hexkey/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PinStore, StoredRecord } from '../records/pin-store.ts';
import { recordIdOf } from '../records/record-id.ts';
import { sqliteStore } from '../records/sqlite-store.ts';
import { aRegistration } from '../testing/a-registration.ts';
import { type NodeNetwork, startNodeNetwork } from '../testing/node-network.ts';
import { type TestDevice, testDevice } from '../testing/test-device.ts';

const day = 24 * 3_600_000;
const nodeSetHash = new Uint8Array(32);
const user = { tenant: 'hexkey', userId: 'alice' };
const subject = { user, nodeSetHash };
const recordId = recordIdOf(user);
const wholeLog = { after: 0, through: 1e6, limit: 1e6 };

let clock: ReturnType<typeof fixedClock>;
let random: ReturnType<typeof seededRandom>;
let network: NodeNetwork;
let directory: string;
let phone: TestDevice;
let owner: KeyPair;
let store: PinStore;

beforeEach(async () => {
  clock = fixedClock('2030-01-01');
  random = seededRandom('erase order');
  owner = keyPairOfSeed(new Secret(random(32)));
  directory = await mkdtemp(join(tmpdir(), 'erase-'));
  store = sqliteStore(directory);
  network = await startNodeNetwork(1, { clock, random, store });
  phone = testDevice(network, { clock, random });
  await setPin();
});
afterEach(async () => {
  await network.stop();
  await rm(directory, { recursive: true });
});

async function setPin(): Promise<void> {
  const registration = aRegistration(random);
  const { version, unlockKeyTag } = registration;
  const pinAuthKey = owner.publicKey;
  await phone.send({ kind: 'Stage', registration, nodeSetHash, loginKey: null, pinAuthKey });
  await phone.send({ kind: 'Commit', version, unlockKeyTag });
}

async function deliver(request: EraseRequest): Promise<string> {
  const url = `${network.nodes[0]?.address}erase`;
  const response = await fetch(url, { method: 'POST', body: encodeEraseRequest(request) });
  expect(response.status).toBe(200);
  return decodeEraseAnswer(new Uint8Array(await response.arrayBuffer()), request.kind);
}
const inAMonth = () => ({ effectiveAtMs: clock.now() + 30 * day, sequence: clock.now() });
const erase = (order: ReturnType<typeof signEraseOrder>, whose = user) =>
  deliver({ kind: 'Erase', user: whose, order });
const withdraw = (sequence: number, by = owner) =>
  deliver({ kind: 'WithdrawErase', user, withdrawal: signEraseWithdrawal(subject, sequence, by) });
const held = () => store.read(recordId);

test('an order is worth nothing before its day, and erases record and log on it', async () => {
  const order = signEraseOrder(subject, inAMonth(), owner);
  clock.advance(30 * day - 1);
  expect(await erase(order)).toBe('NotYet');
  expect((await held())?.record.committed).not.toBeNull();
  clock.advance(1);
  expect(await erase(order)).toBe('Ok');
  expect(await held()).toBeNull();
  expect(await store.readEntries(recordId, wholeLog)).toEqual([]);
  expect(await erase(order)).toBe('Ok');
});

test('nothing of the account is left in the files of the database', async () => {
  const { record } = (await held()) as StoredRecord;
  const secrets = [record.committed?.registration.encryptedSecret, owner.publicKey, recordId];
  const filesHold = async () => {
    const files = (await readdir(directory)).map((name) => readFileSync(join(directory, name)));
    return secrets.map((bytes) => files.some((file) => file.includes(Buffer.from(bytes as Uint8Array))));
  };
  expect(await filesHold()).toEqual([true, true, true]);
  const order = signEraseOrder(subject, { effectiveAtMs: clock.now(), sequence: 1 }, owner);
  expect(await erase(order)).toBe('Ok');
  expect(await filesHold()).toEqual([false, false, false]);
});

test('nobody but the owner gives one: not another key, not for another account, set, day or number', async () => {
  const now = { effectiveAtMs: clock.now(), sequence: 5 };
  const thief = keyPairOfSeed(new Secret(random(32)));
  expect(await erase(signEraseOrder(subject, now, thief))).toBe('Refused');
  const ofAnother = { user: { tenant: 'hexkey', userId: 'bob' }, nodeSetHash };
  expect(await erase(signEraseOrder(ofAnother, now, owner))).toBe('Refused');
  const atAnotherSet = { user, nodeSetHash: new Uint8Array(32).fill(1) };
  expect(await erase(signEraseOrder(atAnotherSet, now, owner))).toBe('Refused');
  const later = signEraseOrder(subject, inAMonth(), owner);
  expect(await erase({ ...later, effectiveAtMs: clock.now() })).toBe('Refused');
  expect(await erase({ ...later, sequence: later.sequence + 1 })).toBe('Refused');
  const withdrawal = signEraseWithdrawal(subject, 5, owner);
  expect(await erase({ ...now, signature: withdrawal.signature })).toBe('Refused');
  expect((await held())?.record.committed).not.toBeNull();
});

test('an order that was taken back stays worthless, however often it comes; a later one is good', async () => {
  const order = signEraseOrder(subject, inAMonth(), owner);
  expect(await withdraw(order.sequence + 1)).toBe('Ok');
  expect(await withdraw(order.sequence + 1)).toBe('Ok');
  clock.advance(31 * day);
  expect(await erase(order)).toBe('Withdrawn');
  expect(await held()).not.toBeNull();
  const again = signEraseOrder(subject, { effectiveAtMs: clock.now(), sequence: clock.now() }, owner);
  expect(await erase(again)).toBe('Ok');
  expect(await held()).toBeNull();
});

test('a withdrawal needs the owner too, and an older one does not weaken a newer', async () => {
  const thief = keyPairOfSeed(new Secret(random(32)));
  expect(await withdraw(9, thief)).toBe('Refused');
  expect((await held())?.record.eraseWithdrawnBelow).toBe(0);
  await withdraw(9);
  await withdraw(3);
  const order = signEraseOrder(subject, { effectiveAtMs: clock.now(), sequence: 8 }, owner);
  expect(await erase(order)).toBe('Withdrawn');
});

test('a database that is put back is erased by the same order again', async () => {
  const { record } = (await held()) as StoredRecord;
  const order = signEraseOrder(subject, { effectiveAtMs: clock.now(), sequence: 1 }, owner);
  await erase(order);
  await store.replace(recordId, 0, record, { entries: [], forgetBeforeMs: null });
  clock.advance(400 * day);
  expect(await erase(order)).toBe('Ok');
  expect(await held()).toBeNull();
});

test('who writes at the same moment does not bring the record back', async () => {
  const { record, revision } = (await held()) as StoredRecord;
  const order = signEraseOrder(subject, { effectiveAtMs: clock.now(), sequence: 1 }, owner);
  await erase(order);
  expect(await store.replace(recordId, revision, record, { entries: [], forgetBeforeMs: null })).toBe(false);
  expect(await held()).toBeNull();
});

test('bytes that are no request are refused', async () => {
  const url = `${network.nodes[0]?.address}erase`;
  for (const body of [
    new Uint8Array(),
    Uint8Array.of(0xf6),
    encodeEraseRequest({ kind: 'WithdrawErase', user, withdrawal: { sequence: 1, signature: random(63) } }),
  ]) {
    const response = await fetch(url, { method: 'POST', body: Uint8Array.from(body) });
    expect(response.status).toBe(400);
  }
});
