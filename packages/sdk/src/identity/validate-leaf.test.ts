import {
  type DeviceList,
  keyPairOfSeed,
  makeCredential,
  Secret,
  type SignedDeviceList,
  signAikHandover,
  signDeviceList,
  verifyDeviceList,
} from '@hexkey/protocol';
import { describe, expect, test } from 'vitest';
import type { Pin } from './identity-book.ts';
import { takeList } from './take-list.ts';
import { validateLeaf } from './validate-leaf.ts';

const accountId = '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e';
const idOf = (number: number) => `${String(number).padStart(8, '0')}-7a54-4c1d-9d4e-1f2a3b4c5d6e`;
const keysOf = (byte: number) => keyPairOfSeed(new Secret(new Uint8Array(32).fill(byte)));
const [aik, nextAik, serversAik] = [keysOf(1), keysOf(2), keysOf(66)];

/** A device with its MLS key. */
const deviceOf = (number: number) => ({
  deviceId: idOf(number),
  signatureKey: keysOf(100 + number).publicKey,
});
const [phone, laptop, ghost] = [deviceOf(1), deviceOf(2), deviceOf(66)];
type Device = typeof phone;

const leafOf = (keys: typeof aik, device: Device) => ({
  identity: makeCredential(keys, { accountId, deviceId: device.deviceId }, device.signatureKey),
  signatureKey: device.signatureKey,
});
const listOf = (keys: typeof aik, version: number, devices: readonly Device[], from?: typeof aik) =>
  signDeviceList(keys, {
    accountId,
    version,
    devices,
    handovers: from === undefined ? [] : [signAikHandover(accountId, from, keys.publicKey)],
  });

/** A contact's device: what it has pinned, and the list that a server shows when it is asked. */
function contact(pinned: SignedDeviceList | null, shown: SignedDeviceList | null = pinned) {
  let pin: Pin | null = pinned && { ...pinned, standing: 'verified', changedAtMs: null };
  let asked = 0;
  return {
    asked: () => asked,
    standing: () => pin?.standing,
    validate: (leaf: ReturnType<typeof leafOf>, how: 'entering' | 'present' = 'entering') =>
      validateLeaf(
        { ...leaf, how },
        async (): Promise<DeviceList | null> => pin && verifyDeviceList(pin),
        async () => {
          asked += 1;
          if (shown !== null) pin = takeList(pin, shown, { accountId, isSelf: false }, 1).pin;
        },
      ),
  };
}

test('a listed leaf is accepted without asking anybody', async () => {
  const { validate, asked } = contact(listOf(aik, 3, [phone]));
  expect(await validate(leafOf(aik, phone))).toEqual({
    accountId,
    deviceId: phone.deviceId,
    accountKey: aik.publicKey,
  });
  expect(asked()).toBe(0);
});

test('a new device is accepted once the list names it, and somebody never met is pinned', async () => {
  const met = contact(listOf(aik, 3, [phone]), listOf(aik, 4, [phone, laptop]));
  expect(await met.validate(leafOf(aik, laptop))).not.toBeNull();
  const unmet = contact(null, listOf(aik, 4, [phone, laptop]));
  expect(await unmet.validate(leafOf(aik, laptop))).not.toBeNull();
});

describe('a server that wants a device of its own in a conversation', () => {
  const honest = listOf(aik, 3, [phone]);

  test('has no credential for it', async () => {
    const copied = { ...leafOf(aik, phone), signatureKey: ghost.signatureKey };
    expect(await contact(honest).validate(copied)).toBeNull();
  });

  test('signs a credential with a key of its own: not the pinned one', async () => {
    expect(await contact(honest).validate(leafOf(serversAik, ghost))).toBeNull();
    expect(await contact(honest).validate(leafOf(serversAik, ghost), 'present')).toBeNull();
  });

  test('adds it to the list: not signed by the account', async () => {
    const forged = { ...listOf(aik, 4, [phone, ghost]), signature: honest.signature };
    expect(await contact(honest, forged).validate(leafOf(serversAik, ghost))).toBeNull();
  });

  test('brings a whole list of its own: the verified contact is to be looked at', async () => {
    const seen = contact(honest, listOf(serversAik, 4, [ghost]));
    await seen.validate(leafOf(serversAik, ghost));
    expect(seen.standing()).toBe('changed');
  });

  test('shows an older list, on which an ended device still is', async () => {
    const old = listOf(aik, 2, [phone, laptop]);
    expect(await contact(honest, old).validate(leafOf(aik, laptop))).toBeNull();
  });

  test('uses the key of an ended device: it is not listed', async () => {
    const { validate, asked } = contact(honest);
    expect(await validate(leafOf(aik, laptop))).toBeNull();
    expect(asked()).toBe(1);
  });
});

test('an ended device in a tree that is being joined is let be, to be removed', async () => {
  const { validate } = contact(listOf(aik, 3, [phone]));
  expect(await validate(leafOf(aik, laptop), 'present')).not.toBeNull();
});

test('after a handover a leaf certified by the old key stays good, and names the same line', async () => {
  const { validate, standing } = contact(listOf(aik, 3, [phone]), listOf(nextAik, 4, [phone, laptop], aik));
  const newer = await validate(leafOf(nextAik, laptop));
  const older = await validate(leafOf(aik, phone));
  expect(newer?.accountKey).toEqual(aik.publicKey);
  expect(older?.accountKey).toEqual(aik.publicKey);
  expect(standing()).toBe('verified');
});

test('what cannot be asked is not decided', async () => {
  const offline = validateLeaf(
    { ...leafOf(aik, laptop), how: 'entering' },
    async () => verifyDeviceList(listOf(aik, 3, [phone])),
    () => Promise.reject(new TypeError('offline')),
  );
  await expect(offline).rejects.toThrow('offline');
});
