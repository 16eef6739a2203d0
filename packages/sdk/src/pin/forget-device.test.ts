import { deviceKeyThumbprint, fromBase64url, Secret } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { heldNow, testDevice } from '../testing/test-channel.ts';
import { faultyFetch, noProgress, pinOf } from '../testing/test-client.ts';
import { commitRecord } from './commit-record.ts';
import { forgetDeviceAtNodes } from './forget-device.ts';
import { stageRecord } from './stage-record.ts';

// A database and nodes of their own start here, beside those of other test files.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(2);
});
afterAll(() => network.stop());

test('a device is ended when t nodes have forgotten it', async () => {
  const faults = faultyFetch();
  const accountId = '8d0c2f36-6b1c-4c55-9d57-bbbbbbbbbbbb';
  const phone = await testDevice(network, accountId, { fetch: faults.fetch });
  const pin = { pin: pinOf('271828'), secret: new Secret(phone.random(32)), loginKey: phone.random(32) };
  await commitRecord(phone.channel, await stageRecord(phone, pin, await heldNow(phone), noProgress));
  const ended = fromBase64url(deviceKeyThumbprint(phone.random(32)));

  expect(await forgetDeviceAtNodes(phone.channel, ended)).toBe(3);
  faults.dead.add(network.addressOf(0));
  expect(await forgetDeviceAtNodes(phone.channel, ended)).toBe(2);
  faults.dead.add(network.addressOf(1));
  await expect(forgetDeviceAtNodes(phone.channel, ended)).rejects.toMatchObject({
    name: 'NodesUnavailable',
    details: { reachable: 1, needed: 2 },
  });
});
