import { memoryStore, type PinStore, recordIdOf } from '@hexkey/pin-node';
import { decodeMoveRequest, decodeNodeRequest } from '@hexkey/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Fetch } from '../deps.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import { startNetwork, type TestNetwork } from '../testing/network.ts';
import { noProgress, pinOf, testClient } from '../testing/test-client.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const pin = pinOf('271828');
const nextPin = pinOf('314159');

// 3 of 5: only with an even number of nodes that answer can closings and commits keep each other below t.
let network: TestNetwork;
const old: PinStore[] = [];
beforeAll(async () => {
  network = await startNetwork(3, undefined, (node) => {
    old[node] ??= memoryStore();
    return old[node];
  });
  await network.serves([network.document]);
});
afterAll(() => network.stop());

test('a PIN change that came between the first closing and the others keeps its nodes, and its PIN moves', async () => {
  const vault = memoryVault();
  const owner = testClient(network, { vault });
  const words = owner.newWords();
  await owner.registerWithWords(words);
  await owner.setPin(pin, noProgress);
  await owner.settled();
  const next = await network.addSet(3);
  await network.serves([network.document, next.document]);
  network.clock.advance(11 * 60_000);

  // Node 4 is away all the time. The move stops after node 0 has closed.
  const isAt = (url: string, nodes: readonly number[]) =>
    nodes.some((node) => url.startsWith(network.addressOf(node)));
  const without = (isLost: (url: string, init: RequestInit) => boolean): Fetch => {
    return async (url, init) => {
      if (isAt(url, [4]) || isLost(url, init)) throw new TypeError('fetch failed');
      return fetch(url, init);
    };
  };
  const isClose = (url: string, init: RequestInit) =>
    url.endsWith('/move') && decodeMoveRequest(init.body as Uint8Array).kind === 'Close';
  const mover = testClient(network, {
    vault,
    fetch: without((url, init) => isClose(url, init) && !isAt(url, [0])),
  });
  await mover.start();
  await expect(mover.movePin(pin, noProgress)).rejects.toMatchObject({ name: 'NodesUnavailable' });
  await mover.settled();

  // A change that node 0 does not hear of, and that stops after two commits.
  const isLateCommit = (url: string, init: RequestInit) =>
    url.endsWith('/req') && decodeNodeRequest(init.body as Uint8Array).kind === 'Commit' && isAt(url, [3]);
  const changer = testClient(network, {
    vault,
    fetch: without((url, init) => isAt(url, [0]) || isLateCommit(url, init)),
  });
  await changer.start();
  await expect(changer.changePin(pin, nextPin, noProgress, { acceptFewerNodes: true })).rejects.toMatchObject(
    { name: 'NodesUnavailable' },
  );
  await changer.settled();
  network.clock.advance(11 * 60_000);

  const resumed = testClient(network, { vault, fetch: without(() => false) });
  await resumed.start();
  await resumed.checkPin(nextPin, noProgress);
  await resumed.settled();
  const { tenant } = network.set.nodeSet;
  const userId = (await vault.currentAccount())?.accountId ?? expect.fail('no account');
  const records = await Promise.all(old.map((store) => store.read(recordIdOf({ tenant, userId }))));
  const closed = records.filter((stored) => stored?.record.departure != null).length;
  // One, or all that answer, when the PIN that works now was taken along.
  expect(closed === 1 || closed >= 3).toBe(true);

  const healed = testClient(network, { vault });
  await healed.start();
  if ((await healed.pinNodes()).epoch === 1) await healed.movePin(nextPin, noProgress);
  await healed.checkPin(nextPin, noProgress);
  await healed.settled();
  expect(await healed.pinNodes()).toMatchObject({ epoch: 2 });
  await expect(healed.checkPin(pin, noProgress)).rejects.toMatchObject({ name: 'WrongPin' });
});
