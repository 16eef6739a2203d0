import { type KeyPair, keyPairOfSeed, limitsWindowMs, Secret, signHandover } from '@hexkey/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordIdOf } from '../records/record-id.ts';
import { refusalOf, type SigningStory, startSigningStory, thumbprint } from '../testing/signing-story.ts';
import { testDevice } from '../testing/test-device.ts';
import {
  commitAt,
  orderFor,
  prepareAll,
  shareRequest,
  signWithAll,
  type WalletParty,
} from '../testing/wallet-client.ts';

let story: SigningStory;
let net: SigningStory['net'];
let phone: SigningStory['phone'];
let made: SigningStory['made'];

beforeAll(async () => {
  story = await startSigningStory('rights');
  ({ net, phone, made } = story);
});
afterAll(() => net.network.stop());
beforeEach(() => story.nextDay());

const pays: SigningStory['pays'] = (lamports) => story.pays(lamports);
const order: SigningStory['order'] = (changed) => story.order(changed);
const at: SigningStory['at'] = (identifier) => story.at(identifier);
const heldAt: SigningStory['heldAt'] = (identifier) => story.heldAt(identifier);
const isSignature: SigningStory['isSignature'] = (...given) => story.isSignature(...given);
const randomKeys: SigningStory['randomKeys'] = () => story.randomKeys();
const ordered: SigningStory['ordered'] = (...given) => story.ordered(...given);

describe('a new device', () => {
  test('is on hold for 24 hours after its first right PIN, however often it shows the PIN', async () => {
    const tablet = net.newDevice();
    await net.prove(tablet);
    const untilMs = net.clock.now() + limitsWindowMs;
    expect(await refusalOf(prepareAll(tablet, made, order()))).toMatchObject({ outcome: 'OnHold', untilMs });
    const limits = { kind: 'SetLimits' as const, limits: { lamports: 1n, mints: [], otherMints: 1n } };
    expect(await ordered(tablet, limits, undefined, [1])).toMatchObject({ outcome: 'OnHold' });
    expect(await ordered(tablet, { kind: 'DeleteWallet' }, undefined, [1])).toMatchObject({
      outcome: 'OnHold',
    });
    net.clock.advance(limitsWindowMs - 1);
    await net.prove(tablet);
    expect(await refusalOf(prepareAll(tablet, made, order()))).toMatchObject({ outcome: 'OnHold', untilMs });
    net.clock.advance(1);
    const asked = order();
    expect(isSignature(asked.message, await signWithAll(tablet, made, asked))).toBe(true);
  });

  test('is approved by one past its hold and not by itself; a device that was ended begins anew', async () => {
    const tablet = net.newDevice();
    await net.prove(tablet);
    const approval = { kind: 'ApproveDevice' as const, device: thumbprint(tablet) };
    expect(await ordered(tablet, approval, undefined, [1])).toMatchObject({ outcome: 'OnHold' });
    expect(await ordered(phone, approval, randomKeys(), [1])).toMatchObject({ outcome: 'AuthRefused' });
    const otherDevice = { ...approval, device: net.random(32) };
    const misused = await phone.device.ask(at(1), { ...otherDevice, order: orderFor(phone, approval) });
    expect(misused).toMatchObject({ outcome: 'AuthRefused' });
    const late = orderFor(phone, approval);
    net.clock.advance(5 * 60_000 + 1);
    expect(await phone.device.ask(at(1), { ...approval, order: late })).toMatchObject({
      outcome: 'AuthRefused',
    });
    expect(await ordered(phone, approval)).toMatchObject({ outcome: 'Ok' });
    const asked = order();
    expect(isSignature(asked.message, await signWithAll(tablet, made, asked))).toBe(true);
    for (const place of [0, 1, 2, 3, 4]) {
      const device = testDevice(
        net.network,
        { clock: net.clock, random: net.random },
        'alice',
        place,
        phone.device.keys,
      );
      expect(await device.send({ kind: 'ForgetDevice', device: approval.device })).toMatchObject({
        outcome: 'Ok',
      });
    }
    await net.prove(tablet);
    expect(await refusalOf(prepareAll(tablet, made, order()))).toMatchObject({ outcome: 'OnHold' });
  });
});

describe('paying without the PIN', () => {
  const windowMs = 15 * 60_000;
  const register = (party: WalletParty, pay: KeyPair) =>
    ordered(party, { kind: 'SetPayAuth', key: pay.publicKey, windowMs });
  const payAt = async (party: WalletParty, pay: KeyPair, nodes = [1, 3, 5]) => {
    const round = await prepareAll(party, made, order({ nodes }));
    return party.device.ask(at(1), shareRequest(party, made, round, { key: 'pay', by: pay }));
  };

  test('is for shares alone, for one device, for a while after its PIN', async () => {
    const pay = randomKeys();
    expect(await payAt(phone, pay)).toMatchObject({ outcome: 'AuthRefused' });
    expect(await register(phone, pay)).toMatchObject({ outcome: 'Ok' });
    expect(await payAt(phone, pay)).toMatchObject({ outcome: 'Ok' });
    // Not in the place of the PIN.
    const round = await prepareAll(phone, made, order());
    expect(await phone.device.ask(at(1), shareRequest(phone, made, round, { by: pay }))).toMatchObject({
      outcome: 'AuthRefused',
    });
    for (const request of [
      { kind: 'ApproveDevice' as const, device: net.random(32) },
      { kind: 'SetLimits' as const, limits: { lamports: 1n, mints: [], otherMints: 1n } },
      { kind: 'SetPayAuth' as const, key: randomKeys().publicKey, windowMs },
      { kind: 'DeleteWallet' as const },
    ])
      expect(await ordered(phone, request, pay, [1])).toMatchObject({ outcome: 'AuthRefused' });
    // Not from another device.
    const tablet = net.newDevice();
    await net.prove(tablet);
    await ordered(phone, { kind: 'ApproveDevice', device: thumbprint(tablet) });
    expect(await payAt(tablet, pay)).toMatchObject({ outcome: 'AuthRefused' });
    // Not after its window, and again after the next PIN.
    net.clock.advance(windowMs);
    expect(await payAt(phone, pay)).toMatchObject({ outcome: 'AuthRefused' });
    await net.prove(phone);
    expect(await payAt(phone, pay)).toMatchObject({ outcome: 'Ok' });
    expect(
      await phone.device.ask(at(1), { kind: 'SetPayAuth', key: null, windowMs: 0, order: null }),
    ).toMatchObject({ outcome: 'Ok' });
    expect(await payAt(phone, pay)).toMatchObject({ outcome: 'AuthRefused' });
  });

  test('ends with a change of the PIN', async () => {
    const pay = randomKeys();
    await register(phone, pay);
    await net.changePin(phone, net.pinAuth);
    expect(await payAt(phone, pay)).toMatchObject({ outcome: 'AuthRefused' });
    const asked = order();
    expect(isSignature(asked.message, await signWithAll(phone, made, asked))).toBe(true);
  });
});

describe('limits that the owner sets', () => {
  test('hold at once when they are lower, a day later when they are higher; the word of a stranger is nothing', async () => {
    const low = { lamports: 1_000_000n, mints: [], otherMints: 1n };
    const high = { lamports: 10_000_000_000n, mints: [], otherMints: 1_000_000_000n };
    expect(await ordered(phone, { kind: 'SetLimits', limits: low }, randomKeys(), [1])).toMatchObject({
      outcome: 'AuthRefused',
    });
    expect(await ordered(phone, { kind: 'SetLimits', limits: low })).toMatchObject({
      limits: { limits: low, pending: null },
    });
    expect(await refusalOf(prepareAll(phone, made, order({ message: pays(1_000_000n) })))).toMatchObject({
      outcome: 'OverLimit',
    });
    const raised = await ordered(phone, { kind: 'SetLimits', limits: high });
    const fromMs = net.clock.now() + limitsWindowMs;
    expect(raised).toMatchObject({ limits: { limits: low, pending: { limits: high, fromMs } } });
    net.clock.advance(limitsWindowMs - 1);
    expect(await refusalOf(prepareAll(phone, made, order({ message: pays(1_000_000n) })))).toMatchObject({
      outcome: 'OverLimit',
    });
    net.clock.advance(1);
    const asked = order({ message: pays(1_000_000n) });
    expect(isSignature(asked.message, await signWithAll(phone, made, asked))).toBe(true);
    expect(await phone.device.ask(at(1), { kind: 'WalletStatus' })).toMatchObject({
      limits: { limits: high, pending: null },
    });
  });
});

// Last: they end the wallet as the tests above know it.
describe("when the PIN's record changes", () => {
  const next = () => keyPairOfSeed(new Secret(new Uint8Array(32).fill(9)));

  test('a handed-over key takes the wallet along, and others are approved no more', async () => {
    const tablet = net.newDevice();
    await net.prove(tablet);
    await ordered(phone, { kind: 'ApproveDevice', device: thumbprint(tablet) });
    await net.changePin(phone, next(), signHandover(phone.user, net.pinAuth, next().publicKey));
    const old = await prepareAll(phone, made, order());
    expect(await phone.device.ask(at(1), shareRequest(phone, made, old))).toMatchObject({
      outcome: 'AuthRefused',
    });
    const owner = { ...phone, pinAuth: next() };
    const asked = order();
    expect(isSignature(asked.message, await signWithAll(owner, made, asked))).toBe(true);
    await net.prove(tablet);
    expect(await refusalOf(prepareAll(tablet, made, order()))).toMatchObject({ outcome: 'OnHold' });
  });

  test('Delete and a PIN of somebody else give that somebody nothing; the same key has the wallet again', async () => {
    const pinDevice = (place: number) =>
      testDevice(net.network, { clock: net.clock, random: net.random }, 'alice', place, phone.device.keys);
    for (const place of [0, 1, 2, 3, 4])
      expect(await pinDevice(place).send({ kind: 'Delete' })).toMatchObject({ outcome: 'Ok' });
    const thief = randomKeys();
    await net.changePin(phone, thief);
    const stolen = { ...phone, pinAuth: thief };
    net.clock.advance(limitsWindowMs);
    await net.prove(phone);
    expect(await refusalOf(prepareAll(stolen, made, order()))).toMatchObject({ outcome: 'OtherOwner' });
    expect(await ordered(stolen, { kind: 'DeleteWallet' }, undefined, [1])).toMatchObject({
      outcome: 'OtherOwner',
    });
    const begin = {
      kind: 'DkgBegin' as const,
      ceremony: net.random(16),
      nodeSetHash: phone.nodes.setHash,
      clientKey: net.random(32),
    };
    expect(await phone.device.ask(at(1), begin)).toMatchObject({ outcome: 'WalletExists' });
    for (const place of [0, 1, 2, 3, 4]) await pinDevice(place).send({ kind: 'Delete' });
    await net.changePin(phone, next());
    net.clock.advance(limitsWindowMs);
    await net.prove(phone);
    const asked = order();
    expect(isSignature(asked.message, await signWithAll({ ...phone, pinAuth: next() }, made, asked))).toBe(
      true,
    );
  });

  test('the log says who did what, and DeleteWallet leaves no share', async () => {
    expect(await ordered({ ...phone, pinAuth: next() }, { kind: 'DeleteWallet' })).toMatchObject({
      outcome: 'Ok',
    });
    for (const identifier of [1, 2, 3, 4, 5]) await expect(heldAt(identifier)).rejects.toThrow('no wallet');
    expect(await refusalOf(prepareAll({ ...phone, pinAuth: next() }, made, order()))).toMatchObject({
      outcome: 'NoWallet',
    });
    expect(await refusalOf(commitAt({ ...phone, pinAuth: next() }, made, 1))).toMatchObject({
      outcome: 'Gone',
    });
    const entries = await net.network.nodes[at(1)]?.store.readEntries(recordIdOf(phone.user), {
      after: 0,
      through: 1e6,
      limit: 1e6,
    });
    const told = new Set(entries?.map(({ operation, outcome }) => `${operation} ${outcome}`));
    for (const line of [
      'wallet done',
      'sign done',
      'sign refused',
      'approve done',
      'limits done',
      'pay done',
      'erase refused',
      'erase done',
    ])
      expect(told).toContain(line);
  });
});
