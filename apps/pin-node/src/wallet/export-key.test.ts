import {
  combineKey,
  exportDelayMs,
  exportOpenMs,
  exportSealContext,
  fromHex,
  hpkePublicKey,
  type KeyShare,
  Secret,
  signWithKey,
  walletPackageHash,
} from '@hexkey/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { recordIdOf } from '../records/record-id.ts';
import { type SigningStory, startSigningStory, thumbprint } from '../testing/signing-story.ts';
import { testDevice } from '../testing/test-device.ts';
import type { WalletParty } from '../testing/wallet-client.ts';
import { round2Sealing } from './seal-round2.ts';

let story: SigningStory;
let net: SigningStory['net'];
let phone: WalletParty;
let secret: Secret<Uint8Array>;

beforeAll(async () => {
  story = await startSigningStory('export');
  ({ net, phone } = story);
  secret = new Secret(net.random(32));
});
afterAll(() => net.network.stop());
// Nothing of the test before is left.
beforeEach(async () => {
  await story.nextDay();
  for (const identifier of all) await cancel(phone, identifier);
});

const all = [1, 2, 3, 4, 5];
const begin = (party: WalletParty, nodes = all) =>
  story.ordered(party, { kind: 'BeginExport' }, undefined, nodes);
const cancel = (party: WalletParty, identifier: number) =>
  party.device.ask(story.at(identifier), { kind: 'CancelExport' });
const take = (party: WalletParty, identifier: number, signer?: Parameters<typeof story.ordered>[2]) =>
  story.ordered(party, { kind: 'ExportShare', clientKey: hpkePublicKey(secret) }, signer, [identifier]);
/** Time passes, and the PIN is shown again. */
async function wait(milliseconds: number, ...parties: readonly WalletParty[]): Promise<void> {
  net.clock.advance(milliseconds);
  for (const party of parties) await net.prove(party);
}
async function approvedTablet(): Promise<WalletParty> {
  const tablet = net.newDevice();
  await net.prove(tablet);
  await story.ordered(phone, { kind: 'ApproveDevice', device: thumbprint(tablet) });
  return tablet;
}
async function logAt(identifier: number): Promise<readonly string[]> {
  const range = { after: 0, through: 1e6, limit: 1e6 };
  const entries = await net.network.nodes[story.at(identifier)]?.store.readEntries(
    recordIdOf(phone.user),
    range,
  );
  return (entries ?? []).map(({ operation, outcome }) => `${operation} ${outcome}`);
}

test('a node gives nothing before seven days have passed by its own clock, then its share to the device that asked, and that with t others and the client’s is the key', async () => {
  expect(await take(phone, 1)).toMatchObject({ outcome: 'NoExport' });
  const fromMs = net.clock.now() + exportDelayMs;
  expect(await begin(phone)).toMatchObject({ outcome: 'Ok', fromMs });
  // Asked again it does not begin anew, nor sooner.
  await wait(exportDelayMs - 1, phone);
  expect(await begin(phone)).toMatchObject({ outcome: 'Ok', fromMs });
  expect(await take(phone, 1)).toMatchObject({ outcome: 'TooEarly', fromMs });
  await wait(1, phone);
  const shares: KeyShare[] = [];
  for (const identifier of [1, 3, 5]) {
    const answer = await take(phone, identifier);
    if (answer?.kind !== 'ExportShare' || answer.outcome !== 'Ok') throw new Error('no share');
    const realmId = fromHex(net.network.nodes[story.at(identifier)]?.realmId ?? '');
    const packageHash = walletPackageHash(story.made.wallet);
    const context = exportSealContext({ realmId, user: phone.user, packageHash, identifier });
    const share = await round2Sealing(secret).open(answer.sealed, context);
    if (share === null) throw new Error('not sealed to the client');
    shares.push({ identifier, share: new Secret(share) });
  }
  const key = combineKey(story.made.wallet, [...shares, ...story.made.shares]);
  const message = new Uint8Array(40).fill(9);
  expect(story.isSignature(message, signWithKey(key, message))).toBe(true);
  expect(await logAt(1)).toEqual(expect.arrayContaining(['export done', 'release refused', 'release done']));
  expect(() => combineKey(story.made.wallet, [...shares.slice(1), ...story.made.shares])).toThrow(
    'not enough',
  );
});

test('any other device cancels it without the PIN, and it wins: nothing is given at that time, and the next one waits anew', async () => {
  const tablet = net.newDevice();
  await net.prove(tablet);
  await begin(phone);
  await wait(exportDelayMs - 1, phone);
  // On hold, and it has shown no PIN for a while: it can cancel all the same.
  net.clock.advance(11 * 60_000);
  expect(await cancel(tablet, 1)).toMatchObject({ outcome: 'Ok' });
  await wait(0, phone);
  expect(await take(phone, 1)).toMatchObject({ outcome: 'NoExport' });
  expect(await take(phone, 2)).toMatchObject({ outcome: 'Ok' });
  expect(await begin(phone, [1])).toMatchObject({ fromMs: net.clock.now() + exportDelayMs });
  expect(await logAt(1)).toContain('unexport done');
});

test('all devices are told by every node who wants the key out and from when on', async () => {
  const tablet = net.newDevice();
  await net.prove(tablet);
  await begin(phone);
  const told = await tablet.device.ask(story.at(2), { kind: 'WalletStatus' });
  expect(told).toMatchObject({
    exporting: { device: thumbprint(phone), fromMs: net.clock.now() + exportDelayMs },
  });
});

test('a new device, one without the PIN, a stranger’s order and another device get nothing', async () => {
  const thief = net.newDevice();
  await net.prove(thief);
  expect(await begin(thief, [1])).toMatchObject({ outcome: 'OnHold' });
  expect(await story.ordered(phone, { kind: 'BeginExport' }, story.randomKeys(), [1])).toMatchObject({
    outcome: 'AuthRefused',
  });
  const tablet = await approvedTablet();
  await begin(phone);
  await wait(exportDelayMs, tablet);
  // The phone has shown no PIN for a week.
  expect(await take(phone, 1)).toMatchObject({ outcome: 'PinNeeded' });
  expect(await take(tablet, 1)).toMatchObject({ outcome: 'NoExport' });
  await net.prove(phone);
  expect(await take(phone, 1, story.randomKeys())).toMatchObject({ outcome: 'AuthRefused' });
  // Another device's wish takes its place and waits anew.
  expect(await begin(tablet, [1])).toMatchObject({ fromMs: net.clock.now() + exportDelayMs });
  expect(await take(phone, 1)).toMatchObject({ outcome: 'NoExport' });
  expect(await take(tablet, 1)).toMatchObject({ outcome: 'TooEarly' });
});

test('it ends a week after it was open, with a PIN change, and with its device', async () => {
  await begin(phone);
  await wait(exportDelayMs + exportOpenMs, phone);
  expect(await take(phone, 1)).toMatchObject({ outcome: 'NoExport' });
  const tablet = await approvedTablet();
  await begin(tablet);
  for (const place of all.keys()) {
    const device = testDevice(
      net.network,
      { clock: net.clock, random: net.random },
      'alice',
      place,
      phone.device.keys,
    );
    await device.send({ kind: 'ForgetDevice', device: thumbprint(tablet) });
  }
  expect(await phone.device.ask(story.at(1), { kind: 'WalletStatus' })).toMatchObject({ exporting: null });
  await begin(phone);
  await net.changePin(phone, net.pinAuth);
  await wait(exportDelayMs, phone);
  expect(await take(phone, 1)).toMatchObject({ outcome: 'NoExport' });
});
