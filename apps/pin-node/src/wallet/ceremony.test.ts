import {
  commitToSign,
  type KeyShare,
  type Round1Package,
  round2MessageStatement,
  round2SealContext,
  type SealedRound2,
  Secret,
  signEd25519,
  type WalletPackage,
  walletKeyOf,
} from '@hexkey/protocol';
import { ed25519, ed25519_FROST } from '@noble/curves/ed25519.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordIdOf } from '../records/record-id.ts';
import {
  commitAt,
  type MadeWallet,
  makeWallet,
  Refused,
  runCeremony,
  type WalletParty,
} from '../testing/wallet-client.ts';
import { startWalletNetwork, type WalletNetwork } from '../testing/wallet-network.ts';
import { round2Sealing } from './seal-round2.ts';

let net: WalletNetwork;
let phone: WalletParty;

beforeEach(async () => {
  net = await startWalletNetwork('ceremony', 3);
  phone = net.phone;
});
afterEach(() => net.network.stop());

const refusalOf = async (attempt: Promise<unknown>) => {
  const error = await attempt.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  return error instanceof Refused ? error.answer : error;
};
const walletAt = async (party: WalletParty, place: number) => {
  const status = await party.device.ask(place, { kind: 'WalletStatus' });
  return status.outcome === 'Ok' ? status.wallet : status;
};
/** What a node's database says. */
async function heldAt(identifier: number) {
  const node = net.network.nodes[phone.placeOf(identifier)];
  const stored = await node?.store.read(recordIdOf(phone.user));
  return stored?.record.wallet ?? null;
}
/** The scalar that shares interpolate to, were they enough. Only a test does this: it shows that they are not. */
function publicKeyFrom(shares: readonly KeyShare[], min: number): Uint8Array {
  const scalar = ed25519_FROST.combineSecret(
    shares.map(({ identifier, share }) => ({
      identifier: ed25519_FROST.Identifier.fromNumber(identifier),
      signingShare: Uint8Array.from(share.reveal()),
    })),
    { min, max: 5 },
  );
  return ed25519.Point.BASE.multiply(ed25519.Point.Fn.fromBytes(scalar)).toBytes();
}

describe('creation', () => {
  test('all nodes have one wallet, whose key neither the databases nor the client can rebuild, and the wire shows no share', async () => {
    const wire: Uint8Array[] = [];
    const made = await makeWallet(phone, {
      round2(messages) {
        wire.push(...messages.map(({ sealed }) => sealed));
        return messages;
      },
    });
    const key = walletKeyOf(made.wallet);
    for (const place of [0, 1, 2])
      expect(await walletAt(phone, place)).toMatchObject({ publicKey: key, epoch: 1 });

    const nodeShares = await Promise.all(
      [1, 2, 3].map(async (identifier) => (await heldAt(identifier))?.committed?.key as KeyShare),
    );
    // 4 of 5 sign: what lies at nodes is one short, what the client has is two short.
    expect(publicKeyFrom(nodeShares, 3)).not.toEqual(key);
    expect(publicKeyFrom(made.shares, 2)).not.toEqual(key);
    expect(publicKeyFrom([...made.shares, nodeShares[0] as KeyShare], 3)).not.toEqual(key);
    // What guards this test: one more is enough.
    expect(publicKeyFrom([...made.shares, ...nodeShares.slice(0, 2)], 4)).toEqual(key);

    // A relay reads sealed shares only, and has no key that opens one.
    expect(wire.length).toBe(3 * 4);
    const relay = round2Sealing(new Secret(net.random(32)));
    const place = { user: phone.user, ceremony: made.ceremony, transcript: new Uint8Array(32) };
    for (const sealed of wire) {
      expect(await relay.open(sealed, round2SealContext(place, 1, 2))).toBe(null);
      for (const { share } of [...nodeShares, ...made.shares])
        expect(Buffer.from(sealed).includes(Buffer.from(share.reveal()))).toBe(false);
    }
  });

  test('two ceremonies at once end with one wallet at every node, whichever is committed', async () => {
    const tablet = net.newDevice();
    await net.prove(tablet);
    const first = await runCeremony(phone);
    const second = await runCeremony(tablet);
    expect(walletKeyOf(first.wallet)).not.toEqual(walletKeyOf(second.wallet));
    await commitAt(tablet, second, 1);
    expect(await refusalOf(commitAt(phone, first, 1))).toMatchObject({ outcome: 'WalletExists' });
    for (const identifier of [2, 3, 1]) await commitAt(tablet, second, identifier);
    for (const place of [0, 1, 2])
      expect(await walletAt(phone, place)).toMatchObject({ publicKey: walletKeyOf(second.wallet) });
    expect((await heldAt(1))?.staged).toEqual([]);
    expect(await refusalOf(runCeremony(phone))).toMatchObject({ outcome: 'WalletExists' });
  });

  test('is begun with a recent PIN only, over the nodes of this set', async () => {
    const begin = {
      kind: 'DkgBegin' as const,
      ceremony: net.random(16),
      nodeSetHash: phone.nodes.setHash,
      clientKey: net.random(32),
    };
    const stranger = net.newDevice();
    expect(await stranger.device.ask(0, begin)).toMatchObject({ outcome: 'PinNeeded' });
    await expect(stranger.device.ask(0, begin, { tokenless: true })).rejects.toThrow('401');
    expect(await phone.device.ask(0, { ...begin, nodeSetHash: net.random(32) })).toMatchObject({
      outcome: 'OtherNodeSet',
    });
    const answer = await phone.device.ask(0, begin);
    expect(answer).toMatchObject({ outcome: 'Ok' });
    expect(await phone.device.ask(0, begin)).toEqual(answer);
    // Another device is not let into the ceremony.
    await net.prove(stranger);
    expect(await stranger.device.ask(0, begin)).toMatchObject({ outcome: 'Gone' });
    expect(
      await stranger.device.ask(0, { kind: 'DkgExchange', ceremony: begin.ceremony, round1: [] }),
    ).toMatchObject({ outcome: 'Gone' });
    net.clock.advance(11 * 60_000);
    expect(await phone.device.ask(0, { ...begin, ceremony: net.random(16) })).toMatchObject({
      outcome: 'PinNeeded',
    });
  });

  test('is committed only with the word of every node for one package, and the order of the owner', async () => {
    const made = await runCeremony(phone);
    const refused = async (changed: Partial<MadeWallet>, party = phone) =>
      refusalOf(commitAt(party, { ...made, ...changed }, 1));
    expect(await refused({ vouchers: made.vouchers.slice(1) })).toMatchObject({ outcome: 'AuthRefused' });
    const twice = [made.vouchers[0], made.vouchers[0], made.vouchers[2]] as typeof made.vouchers;
    expect(await refused({ vouchers: twice })).toMatchObject({ outcome: 'AuthRefused' });
    // More than one of each: a hundred would be a hundred verifications for whoever asks.
    const more = [...made.vouchers, made.vouchers[0]] as typeof made.vouchers;
    expect(await refused({ vouchers: more })).toMatchObject({ outcome: 'AuthRefused' });
    const forger = { ...phone, pinAuth: phone.device.keys };
    expect(await refused({}, forger)).toMatchObject({ outcome: 'AuthRefused' });
    const otherWallet: WalletPackage = { ...made.wallet, epoch: 2 };
    expect(await refused({ wallet: otherWallet })).toMatchObject({ outcome: 'OtherWallet' });
    expect(await refused({ ceremony: net.random(16) })).toMatchObject({ outcome: 'Gone' });
    expect((await heldAt(1))?.committed).toBe(null);
    await commitAt(phone, made, 1);
    await commitAt(phone, made, 1);
    expect((await heldAt(1))?.committed?.ceremony).toEqual(made.ceremony);
  });
});

describe('who cheats in a ceremony is named, and there is no wallet', () => {
  const altered = (bytes: Uint8Array) =>
    Uint8Array.from(bytes, (byte, index) => (index === 40 ? byte ^ 1 : byte));

  test('a proof that is not of its package', async () => {
    const round1 = (packages: readonly Round1Package[], to: number) =>
      packages.map((each) =>
        to === 1 && each.identifier === 3 ? { ...each, proof: (packages[1] as Round1Package).proof } : each,
      );
    expect(await refusalOf(runCeremony(phone, { round1 }))).toMatchObject({
      outcome: 'Cheat',
      identifier: 3,
    });
  });

  test.each([
    ['altered on the way', (message: SealedRound2) => ({ ...message, sealed: altered(message.sealed) })],
    ['without its signature', (message: SealedRound2) => ({ ...message, signature: null })],
    [
      'with a signature that is not its own',
      (message: SealedRound2) => ({
        ...message,
        signature: altered(message.signature ?? new Uint8Array(64)),
      }),
    ],
  ])('a message of a node %s', async (_, change) => {
    const round2 = (messages: readonly SealedRound2[]) =>
      messages.map((message) => (message.from === 2 ? change(message) : message));
    expect(await refusalOf(runCeremony(phone, { round2 }))).toMatchObject({
      outcome: 'Cheat',
      identifier: 2,
    });
    expect((await heldAt(1))?.staged).toEqual([]);
  });

  test('a share that its node sealed and signed, and that is not the one it committed to', async () => {
    const cheat = net.network.nodes[phone.placeOf(2)];
    const [victim] = phone.nodes.nodes;
    if (cheat === undefined || victim === undefined) throw new Error('no such node');
    const meddling = runCeremony(phone, {
      async round2(messages, to, place) {
        if (to !== 1) return messages;
        const share = new Secret(ed25519.Point.Fn.toBytes(5n));
        const sealing = round2Sealing(new Secret(net.random(32)));
        const sealed = await sealing.seal(victim.hpkeKey, round2SealContext(place, 2, 1), share);
        const signature = signEd25519(cheat.logKeys, round2MessageStatement(place, 2, 1, sealed));
        return messages.map((message) => (message.from === 2 ? { from: 2, sealed, signature } : message));
      },
    });
    expect(await refusalOf(meddling)).toMatchObject({ outcome: 'Cheat', identifier: 2 });
  });
});

test('nonces are made by chance: two commitments of one share have nothing in common', async () => {
  const key = { identifier: 1, share: new Secret(Uint8Array.from(ed25519.Point.Fn.toBytes(7n))) };
  const [first, second] = [commitToSign(key, net.random), commitToSign(key, net.random)];
  expect(first.commitment.hiding).not.toEqual(second.commitment.hiding);
  expect(first.commitment.binding).not.toEqual(second.commitment.binding);
});
