import { isDomainError } from '@hexkey/contract';
import {
  decodeWalletRequest,
  encodeWalletAnswer,
  exportDelayMs,
  exportSealContext,
  fromBase58,
  fromHex,
  isKeyOf,
  signWithKey,
  verifyEd25519,
  walletNodesOf,
  walletPackageHash,
} from '@hexkey/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { HexkeyClient } from '../../create-hexkey.ts';
import type { Fetch } from '../../deps.ts';
import { startNetwork, type TestNetwork } from '../../testing/network.ts';
import { faultyFetch, noProgress, pinOf, testClient } from '../../testing/test-client.ts';
import {
  newWalletPerson,
  restartedPerson,
  startLedger,
  type TestLedger,
  type WalletPerson,
  walletDeps,
  walletPin,
} from '../../testing/wallet-people.ts';
import { sealRound2 } from '../key/seal-round2.ts';
import { packageOf } from '../key/wallet-record.ts';

let network: TestNetwork;
let ledger: TestLedger;
let ada: WalletPerson;
/** Of Ada's too, and new. */
let tablet: HexkeyClient;

beforeAll(async () => {
  [network, ledger] = await Promise.all([startNetwork(2), startLedger()]);
  ada = await newWalletPerson(network, ledger);
  tablet = testClient(network, walletDeps(ledger));
  await tablet.loginWithWords(ada.words);
  await tablet.unlock(walletPin, noProgress);
  await tablet.settled();
  await tablet.wallet.state();
}, 300_000);
afterAll(async () => {
  await Promise.all([network.stop(), ledger.stop()]);
});
beforeEach(() => tablet.wallet.keyExport.cancel());

const keyOf = (person: Pick<WalletPerson, 'wallet'>) => person.wallet.keyExport;

test('the key leaves after seven days, for the PIN, and signs as the wallet; the other devices are told of both', async () => {
  expect(await keyOf(ada).state()).toEqual({ is: 'none' });
  await expect(keyOf(ada).take(walletPin)).rejects.toMatchObject({ name: 'NoExport', code: 20225 });
  const fromMs = network.clock.now() + exportDelayMs;
  expect(await keyOf(ada).begin(walletPin)).toEqual({ is: 'begun', by: 'this-device', fromMs });
  expect(await keyOf(tablet).state()).toEqual({ is: 'begun', by: 'another-device', fromMs });
  network.clock.advance(exportDelayMs - 1);
  await expect(keyOf(ada).take(walletPin)).rejects.toMatchObject({
    name: 'ExportTooEarly',
    code: 20224,
    details: { fromMs },
  });
  network.clock.advance(1);
  await expect(keyOf(ada).take(pinOf('314159'))).rejects.toMatchObject({ name: 'WrongPin' });
  const { address, scalar } = await keyOf(ada).take(walletPin);
  expect(address).toBe(ada.address);
  const message = new Uint8Array(30).fill(1);
  expect(verifyEd25519(fromBase58(address, 32), message, signWithKey(scalar, message))).toBe(true);
  expect(`${scalar}`).toBe('[redacted]');
  const { entries } = await ada.client.logs();
  expect(entries.filter(({ operation }) => operation === 'announceWalletExport')).toHaveLength(2);
});

test('another device cancels it without the PIN, also while the server is away, and it wins', async () => {
  await keyOf(ada).begin(walletPin);
  network.clock.advance(exportDelayMs);
  const faulty = faultyFetch();
  faulty.dead.add(network.origin);
  const vault = ada.vault;
  const away = await restartedPerson(network, ledger, { vault }, { fetch: faulty.fetch });
  await away.wallet.keyExport.cancel();
  await expect(keyOf(ada).take(walletPin)).rejects.toMatchObject({ name: 'NoExport' });
  expect(await keyOf(tablet).state()).toEqual({ is: 'none' });
});

test('a cancel that so many nodes missed that they could still give the key out is no cancel', async () => {
  await keyOf(ada).begin(walletPin);
  const faulty = faultyFetch();
  for (const place of [0, 1]) faulty.dead.add(network.addressOf(place));
  const client = await restartedPerson(network, ledger, ada, { fetch: faulty.fetch });
  await expect(client.wallet.keyExport.cancel()).rejects.toMatchObject({ name: 'NodesUnavailable' });
  expect(await keyOf(ada).state()).toMatchObject({ is: 'begun' });
});

/** Nodes that give out another share than theirs, sealed as the right one would be: only what the owner knows of the key shows it. */
function lyingAt(places: readonly number[]): Fetch {
  return async (url, init) => {
    const place = places.find((each) => url.startsWith(network.addressOf(each)));
    const response = await fetch(url, init);
    if (place === undefined || !url.endsWith('/wallet')) return response;
    const request = decodeWalletRequest(init.body as Uint8Array);
    if (request.kind !== 'ExportShare') return response;
    const record = (await ada.vault.walletBook((await ada.client.account()).accountId)).record;
    if (!record) throw new Error('no wallet');
    const { nodeSet, hash } = network.set;
    const node = walletNodesOf(nodeSet, hash).nodes[place];
    if (node === undefined) throw new Error('no such node');
    const context = exportSealContext({
      realmId: fromHex(node.realmId),
      user: { tenant: nodeSet.tenant, userId: (await ada.client.account()).accountId },
      packageHash: walletPackageHash(packageOf(record)),
      identifier: node.identifier,
    });
    const sealed = await sealRound2(request.clientKey, context, Uint8Array.of(7, ...new Uint8Array(31)));
    const answer = encodeWalletAnswer({ kind: 'ExportShare', outcome: 'Ok', sealed });
    return new Response(Uint8Array.from(answer), response);
  };
}

test('a node that gives out another share than its own is named, and the key is made without it; with too few others there is none', async () => {
  await keyOf(ada).begin(walletPin);
  network.clock.advance(exportDelayMs);
  const realmId = (place: number) => network.set.nodeSet.nodes[place]?.realmId;
  const one = await restartedPerson(network, ledger, ada, { fetch: lyingAt([0]) });
  const { address, scalar, cheatingNodes } = await one.wallet.keyExport.take(walletPin);
  expect(cheatingNodes).toEqual([realmId(0)]);
  expect(isKeyOf(scalar, fromBase58(address, 32))).toBe(true);
  expect(address).toBe(ada.address);
  const two = await restartedPerson(network, ledger, ada, { fetch: lyingAt([0, 2]) });
  const refused = await two.wallet.keyExport.take(walletPin).catch((error: unknown) => error);
  expect(isDomainError(refused, 'NodeCheated') && [...refused.details.realmIds].sort()).toEqual(
    [realmId(0), realmId(2)].sort(),
  );
});

test('a new device, as a thief with the PIN has one, begins nothing, and with the server away nothing either', async () => {
  const thief = testClient(network, walletDeps(ledger));
  await thief.loginWithWords(ada.words);
  await thief.unlock(walletPin, noProgress);
  await thief.settled();
  await thief.wallet.state();
  await expect(thief.wallet.keyExport.begin(walletPin)).rejects.toMatchObject({ name: 'DeviceOnHold' });
  expect(await keyOf(ada).state()).toEqual({ is: 'none' });
});
