import { connect } from 'node:net';
import { keyPairOfSeed, Secret } from '@hexkey/protocol';
import { fixedClock, seededRandom } from '@hexkey/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sodiumGroup } from '../evaluation/sodium-group.ts';
import { silentNodeLog } from '../log/node-log.ts';
import { memoryStore } from '../records/memory-store.ts';
import { type RunningNode, startNode } from '../start-node.ts';
import { specifiedLimits } from '../testing/node-network.ts';

const clock = fixedClock('2030-01-01');
let node: RunningNode;

beforeEach(async () => {
  const random = seededRandom('slow clients');
  node = await startNode(
    {
      host: '127.0.0.1',
      port: 0,
      realmId: '00'.repeat(16),
      name: 'node',
      pathPrefix: '/',
      limits: specifiedLimits,
      vouchingNodes: { threshold: 1, logKeys: new Map() },
      moves: { operatorKey: new Uint8Array(32), nodeSetHash: new Uint8Array(32) },
      tenants: [],
      newDeviceGuessesPerHour: 1,
      requestTimeoutMs: 200,
    },
    {
      clock,
      monotonic: clock,
      random,
      store: memoryStore(),
      groupOperations: await sodiumGroup(),
      logKeys: keyPairOfSeed(new Secret(random(32))),
      log: silentNodeLog,
    },
  );
});
afterEach(() => node.stop());

/** Sends the text, then nothing. @returns all that came back until the node hung up */
async function sendAndWait(text: string): Promise<string> {
  const socket = connect(node.port, '127.0.0.1');
  socket.write(text);
  let received = '';
  for await (const chunk of socket) received += chunk;
  return received;
}

test('a client that stops in the middle of its headers is cut off', async () => {
  expect(await sendAndWait('POST /req HTTP/1.1\r\nHost: x\r\n')).toMatch(/^HTTP\/1\.1 408 /);
});

test('a client that stops in the middle of its body is cut off', async () => {
  expect(await sendAndWait('POST /req HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc')).toMatch(
    /^HTTP\/1\.1 408 |^$/,
  );
});

test('an oversize body is refused before it has arrived', async () => {
  const head = `POST /req HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n${'a'.repeat(3000)}`;
  expect(await sendAndWait(head)).toMatch(/^HTTP\/1\.1 413 /);
});

test('what is not HTTP gets 400', async () => {
  expect(await sendAndWait('\u0016\u0003\u0001 hello\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
});

test('a node that stops does not wait for connections that send nothing', async () => {
  const socket = connect(node.port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  const startedMs = performance.now();
  await node.stop();
  expect(performance.now() - startedMs).toBeLessThan(2000);
  await expect(fetch(node.address)).rejects.toThrow();
  socket.destroy();
});
