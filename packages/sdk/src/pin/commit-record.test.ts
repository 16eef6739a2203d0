import { Secret } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { heldNow, type TestDevice, testDevice } from '../testing/test-channel.ts';
import { faultyFetch, noProgress, pinOf } from '../testing/test-client.ts';
import { commitRecord } from './commit-record.ts';
import { stageRecord } from './stage-record.ts';

// A database and nodes of their own start here, beside those of other test files.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let network: TestNetwork;
beforeAll(async () => {
  network = await startNetwork(3);
});
afterAll(() => network.stop());

const accountId = '8d0c2f36-6b1c-4c55-9d57-aaaaaaaaaaaa';
const stage = async (device: TestDevice) =>
  stageRecord(
    device,
    { pin: pinOf('271828'), secret: new Secret(device.random(32)), loginKey: device.signer.publicKey },
    await heldNow(device),
    noProgress,
  );

test('a record that another device replaced at most nodes is committed at none, so that the next set has them all', async () => {
  const phone = await testDevice(network, accountId);
  const record = await stage(phone);
  const faults = faultyFetch();
  for (const node of [0, 1]) faults.dead.add(network.addressOf(node));
  const tablet = await testDevice(network, accountId, { fetch: faults.fetch });
  expect((await stage(tablet)).tags.size).toBe(3);

  await expect(commitRecord(phone.channel, record)).rejects.toMatchObject({
    name: 'NodesUnavailable',
    details: { reachable: 2, needed: 3 },
  });
  faults.dead.clear();
  const all = await stage(tablet);
  expect(all.tags.size).toBe(5);
  expect(await commitRecord(tablet.channel, all)).toHaveLength(5);
});
