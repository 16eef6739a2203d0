import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { Secret } from '@hexkey/protocol';
import type { Hexkey } from '@hexkey/sdk';
import { freePort } from '@hexkey/testing';
import { afterAll, expect, test } from 'vitest';
import { launch, type RunningHexkey, startHexkey, temporaryFolder } from './harness.ts';
import { tellingClient } from './node-client.ts';

const folder = temporaryFolder();
const threeNodes = { HEXKEY_NODES: '3' };
const pin = new Secret('271828');
const noProgress = () => undefined;
let hexkey: RunningHexkey;
afterAll(async () => {
  await hexkey?.stop();
  folder.remove();
});

async function newOwner(): Promise<Hexkey> {
  const client = tellingClient(hexkey.origin, folder.path).hexkey;
  await client.registerWithWords(client.newWords());
  await client.setPin(pin, noProgress);
  return client;
}
const entry = (client: Hexkey, digits: Secret<string>) => client.checkPin(digits, noProgress);

test('the operator changes the nodes: who was there moves with the PIN, when they like, and who comes later is on the new ones', async () => {
  const port = await freePort();
  hexkey = await startHexkey(folder.path, port, threeNodes);
  const [ada, ben] = [await newOwner(), await newOwner()];
  expect(await hexkey.stop()).toBe(0);
  const change = launch(folder.path, port, threeNodes, ['change-nodes', '--count', '3']);
  const said = text(change.stdout as NonNullable<typeof change.stdout>);
  expect([(await once(change, 'close'))[0], await said]).toEqual([0, expect.stringContaining('node-6')]);

  hexkey = await startHexkey(folder.path, port, threeNodes);
  const addresses = (numbers: readonly number[]) => numbers.map((number) => `/nodes/${number}/`);
  for (const number of [1, 6])
    expect((await fetch(`${hexkey.origin}${addresses([number])}health`)).status).toBe(200);
  expect(await ada.pinNodes()).toMatchObject({ epoch: 1, next: { epoch: 2, threshold: 2 } });
  await ada.movePin(pin, noProgress);
  for (const client of [ada, await newOwner()]) {
    expect(await client.pinNodes()).toMatchObject({ epoch: 2, next: null });
    await expect(entry(client, new Secret('314159'))).rejects.toMatchObject({
      name: 'WrongPin',
      details: { attemptsLeft: 4 },
    });
    await entry(client, pin);
  }
  // Nobody is moved by another's move, or by the operator.
  await entry(ben, pin);
  expect(await ben.pinNodes()).toMatchObject({ epoch: 1, next: { epoch: 2 } });
});
