import { keyPairOfSeed, Secret, signAikHandover, signDeviceList } from '@hexkey/protocol';
import { expect, test } from 'vitest';
import type { Pin } from './identity-book.ts';
import { takeList } from './take-list.ts';

const accountId = '0b5c7d3e-7a54-4c1d-9d4e-1f2a3b4c5d6e';
const keysOf = (byte: number) => keyPairOfSeed(new Secret(new Uint8Array(32).fill(byte)));
const [first, second, ghost] = [keysOf(1), keysOf(2), keysOf(66)];
const device = { deviceId: accountId.replace('0b5c', '1b5c'), signatureKey: new Uint8Array(32).fill(9) };
const ghostDevice = { deviceId: accountId.replace('0b5c', '6b5c'), signatureKey: new Uint8Array(32).fill(6) };
const peer = { accountId, isSelf: false };
const self = { accountId, isSelf: true };
const nowMs = 1000;

const signed = (
  keys: typeof first,
  version: number,
  devices = [device],
  handovers: Parameters<typeof signDeviceList>[1]['handovers'] = [],
) => signDeviceList(keys, { accountId, version, devices, handovers });
const pinned = (list: ReturnType<typeof signed>, standing: Pin['standing'] = 'unverified'): Pin => ({
  ...list,
  standing,
  changedAtMs: null,
});

test('the first list of somebody is pinned; of the owner none comes from the server', () => {
  expect(takeList(null, signed(first, 3), peer, nowMs)).toMatchObject({
    verdict: 'first',
    pin: { standing: 'unverified', changedAtMs: null },
  });
  expect(takeList(null, signed(first, 3), self, nowMs)).toMatchObject({ pin: null });
});

test('a newer list is taken and leaves the standing as it is', () => {
  for (const standing of ['unverified', 'verified', 'changed'] as const) {
    const { pin } = takeList(pinned(signed(first, 3), standing), signed(first, 4, []), peer, nowMs);
    expect(pin).toEqual(pinned(signed(first, 4, []), standing));
  }
});

test('a handover by the pinned key leaves a verified contact verified', () => {
  const next = signed(second, 4, [device], [signAikHandover(accountId, first, second.publicKey)]);
  const taken = takeList(pinned(signed(first, 3), 'verified'), next, peer, nowMs);
  expect(taken).toEqual({ verdict: 'handed-over', pin: pinned(next, 'verified') });
});

test('another key without that word is taken as somebody new, and a verified contact is to be looked at', () => {
  const next = signed(ghost, 4, [ghostDevice]);
  const ofUnverified = takeList(pinned(signed(first, 3)), next, peer, nowMs);
  expect(ofUnverified).toMatchObject({
    verdict: 'replaced',
    pin: { standing: 'unverified', changedAtMs: nowMs },
  });
  for (const standing of ['verified', 'changed'] as const) {
    const taken = takeList(pinned(signed(first, 3), standing), next, peer, nowMs);
    expect(taken).toMatchObject({ verdict: 'replaced', pin: { standing: 'changed', changedAtMs: nowMs } });
  }
});

test("the owner's own key is never replaced by what a server shows", () => {
  const before = pinned(signed(first, 3), 'verified');
  expect(takeList(before, signed(ghost, 9, [device, ghostDevice]), self, nowMs).pin).toBe(before);
  expect(takeList(before, signed(first, 4, [device, ghostDevice]), self, nowMs).pin).toMatchObject({
    list: signed(first, 4, [device, ghostDevice]).list,
  });
});

test('a ghost device on a list that the account did not sign is refused', () => {
  const before = pinned(signed(first, 3), 'verified');
  const own = signed(first, 4, [device, ghostDevice]);
  const forgeries = [
    { ...own, signature: signed(ghost, 4, [device, ghostDevice]).signature },
    { ...own, signature: signed(first, 3).signature },
    signDeviceList(first, {
      accountId: ghostDevice.deviceId,
      version: 4,
      devices: [ghostDevice],
      handovers: [],
    }),
  ];
  for (const forged of forgeries)
    expect(takeList(before, forged, peer, nowMs)).toEqual({ verdict: 'forged', pin: before });
});

test('an older list, and a second list of one version, leave the pin as it is', () => {
  const before = pinned(signed(first, 3), 'verified');
  expect(takeList(before, signed(first, 2, [device, ghostDevice]), peer, nowMs)).toEqual({
    verdict: 'older',
    pin: before,
  });
  expect(takeList(before, signed(first, 3, []), peer, nowMs)).toEqual({ verdict: 'forked', pin: before });
});
