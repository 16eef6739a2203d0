import type { DeviceView } from '@hexkey/contract';
import {
  type DeviceList,
  keyPairOfSeed,
  Secret,
  signAikHandover,
  signDeviceList,
  verifyDeviceList,
} from '@hexkey/protocol';
import { expect, test } from 'vitest';
import { type ListStand, planDeviceList } from './plan-device-list.ts';

const accountId = '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e';
const idOf = (number: number) => `${String(number).padStart(8, '0')}-7a54-4c1d-9d4e-1f2a3b4c5d6e`;
const keysOf = (byte: number) => keyPairOfSeed(new Secret(new Uint8Array(32).fill(byte)));
const [before, aik, ghost] = [keysOf(1), keysOf(2), keysOf(3)];
const deviceOf = (number: number) => ({
  deviceId: idOf(number),
  signatureKey: new Uint8Array(32).fill(number),
});
const day = 24 * 60 * 60_000;
const nowMs = 100 * day;

function session(number: number, unseenMs = 0, state: 'full' | 'locked' = 'full'): DeviceView {
  return {
    sessionId: idOf(number),
    state,
    lastSeenAtMs: nowMs - unseenMs,
    isThisOne: number === 1,
  } as DeviceView;
}
function listOf(keys: typeof aik, version: number, numbers: readonly number[]): DeviceList {
  const devices = numbers.map(deviceOf);
  return verifyDeviceList(signDeviceList(keys, { accountId, version, devices, handovers: [] })) as DeviceList;
}
const planOf = (stand: Partial<ListStand>) =>
  planDeviceList({
    aik: aik.publicKey,
    there: null,
    pinned: null,
    handover: null,
    sessions: [session(1)],
    nowMs,
    ...deviceOf(1),
    ...stand,
  });
const numbersOf = ({ devices }: { readonly devices: readonly { readonly deviceId: string }[] }) =>
  devices.map(({ deviceId }) => Number(deviceId.slice(0, 8)));

test('the first list names this device, and nothing is to be done once it is there', () => {
  const plan = planOf({});
  expect(plan).toMatchObject({ version: 1, devices: [deviceOf(1)], isThere: false, isFull: false });
  const there = listOf(aik, 1, [1]);
  expect(planOf({ there, pinned: there })).toMatchObject({ isThere: true });
});

test('devices that are logged out, or have not shown the PIN, leave the list', () => {
  const there = listOf(aik, 4, [2, 3, 4]);
  const sessions = [session(1), session(2), session(3, 0, 'locked')];
  expect(planOf({ there, sessions })).toMatchObject({ version: 5, isThere: false });
  expect(numbersOf(planOf({ there, sessions }))).toEqual([2, 1]);
});

test('a device that leaves takes itself off, and adds nothing', () => {
  const there = listOf(aik, 4, [1, 2]);
  const plan = planOf({ there, sessions: [session(1), session(2)], signatureKey: null });
  expect(numbersOf(plan)).toEqual([2]);
});

test('a device whose key is another now is listed with that one only', () => {
  const there = listOf(aik, 4, [1]);
  const signatureKey = new Uint8Array(32).fill(77);
  expect(planOf({ there, signatureKey })).toMatchObject({
    devices: [{ deviceId: idOf(1), signatureKey }],
    isThere: false,
  });
});

test('what another AIK has listed counts for nothing but its version', () => {
  const plan = planOf({ there: listOf(ghost, 9, [5, 6]), sessions: [session(1), session(5), session(6)] });
  expect(plan).toMatchObject({ version: 10, devices: [deviceOf(1)], handovers: [], isThere: false });
});

test('an older list of the server does not bring a device back', () => {
  const pinned = listOf(aik, 7, [1]);
  const plan = planOf({ there: listOf(aik, 5, [1, 2]), pinned, sessions: [session(1), session(2)] });
  expect(numbersOf(plan)).toEqual([1]);
  expect(plan).toMatchObject({ version: 8, isThere: false });
});

test('a new AIK carries on from the one that named it here, and says so', () => {
  const handover = { ...signAikHandover(accountId, before, aik.publicKey), aik: aik.publicKey };
  const there = listOf(before, 3, [1, 2]);
  const plan = planOf({ there, handover, sessions: [session(1)] });
  expect(plan.handovers).toEqual([{ previousAik: before.publicKey, signature: handover.signature }]);
  expect(plan).toMatchObject({ version: 4, devices: [deviceOf(1)], isThere: false });
  const forged = { ...handover, signature: new Uint8Array(64) };
  expect(planOf({ there, handover: forged }).handovers).toEqual([]);
  const ofAnother = { ...handover, aik: ghost.publicKey };
  expect(planOf({ there, handover: ofAnother }).handovers).toEqual([]);
});

test('the sixth device has no place while the five were seen within 30 days', () => {
  const there = listOf(aik, 4, [2, 3, 4, 5, 6]);
  const sessions = [session(1), ...[2, 3, 4, 5, 6].map((number) => session(number, number * day))];
  expect(planOf({ there, sessions })).toMatchObject({ isFull: true, isThere: true });
});

test('of those unseen for 30 days the longest unseen makes room, and no more than are needed', () => {
  const there = listOf(aik, 4, [2, 3, 4, 5, 6]);
  const sessions = [
    session(1),
    session(2, day),
    session(3, 40 * day),
    session(4, 50 * day),
    session(5, 35 * day),
    session(6),
  ];
  const plan = planOf({ there, sessions });
  expect(numbersOf(plan)).toEqual([2, 3, 5, 6, 1]);
  expect(plan.isFull).toBe(false);
});
