import { Secret, toHex, utf8 } from '@hexkey/protocol';
import type * as Juicebox from 'juicebox-sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { loadOfficialClient } from '../../../../apps/pin-node/src/testing/official-client.ts';
import { nodePinHash } from '../node.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { heldNow, testDevice } from '../testing/test-channel.ts';
import { noProgress, pinOf } from '../testing/test-client.ts';
import { commitRecord } from './commit-record.ts';
import { recoverGuardedSecret } from './recover-guarded-secret.ts';
import { stageRecord } from './stage-record.ts';

// A database and nodes of their own start here, beside those of other test files.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
let juicebox: typeof Juicebox;
beforeAll(async () => {
  [network, juicebox] = await Promise.all([startNetwork(3), loadOfficialClient()]);
});
afterAll(() => network.stop());

/** The unmodified client of the protocol's authors, for one account. It takes its tokens from a global function. */
function officialClient(accountId: string): Juicebox.Client {
  Object.assign(globalThis, {
    JuiceboxGetAuthToken: async (realmId: Uint8Array) =>
      network.token(toHex(realmId), accountId, { sessionId: 'official' }),
  });
  const realms = network.set.nodeSet.nodes.map(({ realmId, address }) => ({ id: realmId, address }));
  const configuration = new juicebox.Configuration({
    realms,
    register_threshold: 5,
    recover_threshold: 3,
    pin_hashing_mode: 'Standard2019',
  });
  return new juicebox.Client(configuration, []);
}

const pin = pinOf('271828');
const secret = Uint8Array.from({ length: 32 }, (_, index) => index);

test('a secret registered by the official client is recovered by ours', async () => {
  const accountId = '8d0c2f36-6b1c-4c55-9d57-6a5a0e1d2f01';
  await officialClient(accountId).register(utf8(pin.reveal()), secret, utf8(accountId), 5);
  const device = await testDevice(network, accountId, { pinHash: nodePinHash });
  const recovered = await recoverGuardedSecret(device, pin, noProgress);
  expect(recovered.secret.reveal()).toEqual(secret);
  await device.settled();
  await expect(recoverGuardedSecret(device, pinOf('314159'), noProgress)).rejects.toMatchObject({
    name: 'WrongPin',
  });
});

test('a secret set by our client is recovered by the official one', async () => {
  const accountId = '8d0c2f36-6b1c-4c55-9d57-6a5a0e1d2f02';
  const device = await testDevice(network, accountId, { pinHash: nodePinHash });
  const record = { pin, secret: new Secret(secret), loginKey: device.signer.publicKey };
  const staged = await stageRecord(device, record, await heldNow(device), noProgress);
  expect(await commitRecord(device.channel, staged)).toHaveLength(5);
  const official = officialClient(accountId);
  expect(await official.recover(utf8(pin.reveal()), utf8(accountId))).toEqual(secret);
  await expect(official.recover(utf8('314159'), utf8(accountId))).rejects.toMatchObject({
    reason: juicebox.RecoverErrorReason.InvalidPin,
  });
});
