import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyPairOfSeed, signEd25519 } from '../account/ed25519.ts';
import { statement } from '../account/statements.ts';
import { Secret } from '../encoding/secret.ts';
import { cborMap, encodeCbor } from '../pin/wire/cbor.ts';
import { makeCredential, readCredential, verifyCredential } from './credential.ts';
import {
  type AikHandover,
  type DeviceList,
  isListed,
  maxHandovers,
  maxListedDevices,
  signAikHandover,
  signDeviceList,
  verifyDeviceList,
} from './device-list.ts';
import { judgeDeviceList } from './judge-device-list.ts';

const accountId = '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e';
const deviceIdOf = (number: number) => `${String(number).padStart(8, '0')}-7a54-4c1d-9d4e-1f2a3b4c5d6e`;
const keysOf = (byte: number) => keyPairOfSeed(new Secret(new Uint8Array(32).fill(byte)));
const [first, second, third, ghost] = [keysOf(1), keysOf(2), keysOf(3), keysOf(66)];
const signatureKey = keysOf(9).publicKey;
const device = { deviceId: deviceIdOf(1), signatureKey };
const subject = { accountId, deviceId: device.deviceId };

/** As a peer has it: signed and verified. */
function listOf(
  aik: typeof first,
  version: number,
  handovers: readonly AikHandover[] = [],
  devices = [device],
) {
  return verifyDeviceList(signDeviceList(aik, { accountId, version, devices, handovers })) as DeviceList;
}
const flipped = (bytes: Uint8Array, bit: number) =>
  bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

test('a credential says whose key it is, to whoever knows the key', () => {
  const identity = makeCredential(first, subject, signatureKey);
  expect(verifyCredential(identity, signatureKey)).toMatchObject({ ...subject, aik: first.publicKey });
  expect(readCredential(identity)).toMatchObject(subject);
});

test('a credential is for one key, and changed in any bit it is none', () => {
  const identity = makeCredential(first, subject, signatureKey);
  expect(verifyCredential(identity, ghost.publicKey)).toBeNull();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: identity.length * 8 - 1 }), (bit) => {
      expect(verifyCredential(flipped(identity, bit), signatureKey)).toBeNull();
    }),
    { numRuns: 60 },
  );
});

test('a credential names another AIK only with the signature of that one', () => {
  const { signature } = readCredential(makeCredential(ghost, subject, signatureKey));
  const mixed = cborMap({ account: accountId, device: device.deviceId, aik: first.publicKey, signature });
  expect(verifyCredential(encodeCbor(mixed), signatureKey)).toBeNull();
});

test('a list is read back as it was signed, and changed in any bit it is none', () => {
  const handovers = [signAikHandover(accountId, first, second.publicKey)];
  const signed = signDeviceList(second, { accountId, version: 7, devices: [device], handovers });
  expect(verifyDeviceList(signed)).toEqual({
    accountId,
    version: 7,
    aik: second.publicKey,
    devices: [device],
    handovers,
  });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: signed.list.length * 8 - 1 }), (bit) => {
      expect(verifyDeviceList({ ...signed, list: flipped(signed.list, bit) })).toBeNull();
    }),
    { numRuns: 60 },
  );
});

test('a list signed by another key than the one it names is none', () => {
  const { list } = signDeviceList(first, { accountId, version: 1, devices: [device], handovers: [] });
  expect(
    verifyDeviceList({ list, signature: signEd25519(ghost, statement('hexkey/1 device-list', list)) }),
  ).toBeNull();
});

test('a sixth device, one that is listed twice and a version 0 are refused', () => {
  const devices = Array.from({ length: maxListedDevices + 1 }, (_, index) => ({
    ...device,
    deviceId: deviceIdOf(index),
  }));
  const verdictOn = (changes: Partial<DeviceList>) =>
    verifyDeviceList(
      signDeviceList(first, { accountId, version: 1, devices: [], handovers: [], ...changes }),
    );
  expect(verdictOn({ devices: devices.slice(1) })).not.toBeNull();
  expect(verdictOn({ devices })).toBeNull();
  expect(verdictOn({ devices: [device, device] })).toBeNull();
  expect(verdictOn({ version: 0 })).toBeNull();
});

test('a device is listed with its own key only', () => {
  const list = listOf(first, 1);
  expect(isListed(list, device.deviceId, signatureKey)).toBe(true);
  expect(isListed(list, device.deviceId, ghost.publicKey)).toBe(false);
  expect(isListed(list, deviceIdOf(2), signatureKey)).toBe(false);
});

test('under one AIK the version decides, and two lists of one version are told apart', () => {
  const pinned = listOf(first, 5);
  expect(judgeDeviceList(null, pinned)).toBe('first');
  expect(judgeDeviceList(pinned, listOf(first, 5))).toBe('same');
  expect(judgeDeviceList(pinned, listOf(first, 6))).toBe('newer');
  expect(judgeDeviceList(pinned, listOf(first, 4))).toBe('older');
  expect(judgeDeviceList(pinned, listOf(first, 5, [], []))).toBe('forked');
  expect(judgeDeviceList({ ...pinned, accountId: deviceIdOf(3) }, listOf(first, 6))).toBe('another-account');
});

test('another AIK is the same owner only by the word of the one before', () => {
  const pinned = listOf(first, 5);
  const handover = signAikHandover(accountId, first, second.publicKey);
  expect(judgeDeviceList(pinned, listOf(second, 6, [handover]))).toBe('handed-over');
  expect(judgeDeviceList(pinned, listOf(second, 6))).toBe('replaced');
  expect(judgeDeviceList(pinned, listOf(second, 5, [handover]))).toBe('older');
});

test('two changes at once are followed, a gap before them is not', () => {
  const chain = [
    signAikHandover(accountId, first, second.publicKey),
    signAikHandover(accountId, second, third.publicKey),
  ] as const;
  expect(judgeDeviceList(listOf(first, 5), listOf(third, 9, chain))).toBe('handed-over');
  expect(judgeDeviceList(listOf(second, 5), listOf(third, 9, chain))).toBe('handed-over');
  expect(judgeDeviceList(listOf(first, 5), listOf(third, 9, [chain[1]]))).toBe('replaced');
});

test('a list whose handovers do not lead to its AIK is none', () => {
  const handover = signAikHandover(accountId, first, second.publicKey);
  const verdictOn = (aik: typeof first, ...handovers: readonly AikHandover[]) =>
    verifyDeviceList(signDeviceList(aik, { accountId, version: 6, devices: [], handovers }));
  expect(verdictOn(second, handover)).not.toBeNull();
  expect(verdictOn(ghost, handover)).toBeNull();
  expect(verdictOn(second, { ...handover, signature: new Uint8Array(64) })).toBeNull();
  expect(verdictOn(second, signAikHandover(deviceIdOf(4), first, second.publicKey))).toBeNull();
  expect(verdictOn(second, signAikHandover(accountId, third, second.publicKey), handover)).toBeNull();
});

test('a list from before a handover does not come back', () => {
  const pinned = listOf(second, 6, [signAikHandover(accountId, first, second.publicKey)]);
  expect(judgeDeviceList(pinned, listOf(first, 5))).toBe('older');
  expect(judgeDeviceList(pinned, listOf(first, 60))).toBe('older');
});

test('of any handovers, only an unbroken chain makes a list', () => {
  const keys = [first, second, third, ghost] as const;
  const key = fc.constantFrom(0, 1, 2, 3);
  fc.assert(
    fc.property(fc.array(fc.tuple(key, key), { maxLength: maxHandovers }), key, (steps, last) => {
      const handovers = steps.map(([from, to]) =>
        signAikHandover(accountId, keys[from] as typeof first, (keys[to] as typeof first).publicKey),
      );
      const signed = signDeviceList(keys[last] as typeof first, {
        accountId,
        version: 2,
        devices: [],
        handovers,
      });
      const isUnbroken = steps.every(([, to], index) => to === (steps[index + 1]?.[0] ?? last));
      expect(verifyDeviceList(signed) !== null).toBe(isUnbroken);
    }),
    { numRuns: 60 },
  );
});
