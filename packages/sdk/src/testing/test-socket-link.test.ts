import { setImmediate } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { startNetwork } from './network.ts';
import { noProgress, pinOf, testClient } from './test-client.ts';
import { testSocketLink } from './test-socket-link.ts';

test('a client that outlives its network does not try again and again in the process of all other test files', async () => {
  const network = await startNetwork(2);
  const socket = testSocketLink(network);
  const client = testClient(network, { socket });
  await client.registerWithWords(client.newWords());
  await client.setPin(pinOf('271828'), noProgress);
  const disconnect = client.teamHexkey.connect();
  await vi.waitUntil(() => client.teamHexkey.connection === 'live', { timeout: 60_000 });
  await network.stop();
  await vi.waitUntil(() => client.teamHexkey.connection === 'waiting', { timeout: 60_000 });
  const tried = socket.opened.length;
  for (let turn = 0; turn < 500; turn += 1) await setImmediate();
  expect([client.teamHexkey.connection, socket.opened.length]).toEqual(['waiting', tried]);
  disconnect();
  await vi.waitUntil(() => client.teamHexkey.connection === 'off', { timeout: 60_000 });
}, 300_000);
