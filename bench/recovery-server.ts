import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { memoryBlobs, newServerKeys, openEmbedded, publicTokenKey, startApi } from '@hexkey/api';
import { memoryStore, silentNodeLog, sodiumGroup, startNode } from '@hexkey/pin-node';
import {
  fromBase64url,
  keyPairOfSeed,
  type NodeSet,
  Secret,
  signNodeSet,
  toBase64url,
  toHex,
  utf8,
} from '@hexkey/protocol';
import { pino } from 'pino';
import { WebSocketServer } from 'ws';
import { frontDoor } from '../apps/front-door/src/front-door.ts';
import { limits } from './pin-network/populated-node.ts';
import { systemRandom } from './system.ts';

/** A whole network in this process: account server, three PIN nodes, a front door before them, and one before an echo. */
export interface RecoveryServerStarted {
  readonly origin: string;
  /** A front door behind whose `/api/` every frame comes back. */
  readonly echoOrigin: string;
  readonly apiUrl: string;
  /** Hexadecimal. */
  readonly operatorKey: string;
  /** Hexadecimal. */
  readonly teamKey: string;
}

/** How far time is ahead of real time; the answer tells what was sent by SMS since the last one. */
export interface RecoveryServerMoved {
  readonly texts: readonly string[];
}

const nodeCount = 3;
let aheadMs = 0;
const clock = { now: () => Date.now() + aheadMs };

process.once('message', async ({ webFolder }: { webFolder: string }) => {
  const keys = newServerKeys(systemRandom);
  const { tenant, tokenKeyVersion, tokenPublicKey } = publicTokenKey(keys);
  const operatorSeed = new Secret(systemRandom(32));
  const groupOperations = await sodiumGroup();
  const identities = Array.from({ length: nodeCount }, () => ({
    realmId: toHex(systemRandom(16)),
    logKeys: keyPairOfSeed(new Secret(systemRandom(32))),
  }));
  const nodes = await Promise.all(
    identities.map(async ({ realmId, logKeys }, place) => {
      const settings = {
        host: '127.0.0.1',
        port: 0,
        realmId,
        name: `Node ${place + 1}`,
        pathPrefix: `/nodes/${place + 1}/`,
        limits,
        vouchingNodes: {
          threshold: 2,
          logKeys: new Map(identities.map((each) => [each.realmId, each.logKeys.publicKey])),
        },
        moves: { operatorKey: new Uint8Array(32), nodeSetHash: new Uint8Array(32) },
        tenants: [{ tenant, version: tokenKeyVersion, publicKey: fromBase64url(tokenPublicKey) }],
        newDeviceGuessesPerHour: 1_000_000,
      };
      const store = memoryStore();
      const parts = { clock, monotonic: clock, random: systemRandom, store, groupOperations, logKeys };
      return startNode(settings, { ...parts, log: silentNodeLog });
    }),
  );
  const nodeSet: NodeSet = {
    id: 'bench',
    epoch: 1,
    threshold: 2,
    limits,
    tenant,
    nodes: identities.map(({ realmId, logKeys }, place) => ({
      realmId,
      address: `/nodes/${place + 1}/`,
      operator: `Operator ${place + 1}`,
      name: `Node ${place + 1}`,
      region: 'Loopback',
      logKey: toBase64url(logKeys.publicKey),
      hpkeKey: toBase64url(systemRandom(32)),
    })),
  };
  const texts: string[] = [];
  const operatorKey = keyPairOfSeed(operatorSeed).publicKey;
  const api = await startApi(
    {
      host: '127.0.0.1',
      port: 0,
      signedNodeSet: signNodeSet(utf8(JSON.stringify(nodeSet)), operatorSeed),
      operatorKey,
      minimumClientVersion: '0.1.0',
      proofOfWorkBits: 4,
      trustProxy: true,
    },
    {
      clock,
      random: systemRandom,
      keys,
      sms: { send: async ({ text }) => void texts.push(text.reveal()) },
      database: await openEmbedded(null),
      blobs: memoryBlobs(),
      log: pino({ level: 'silent' }),
    },
  );
  const nodeOrigins = nodes.map(({ address }) => new URL(new URL(address).origin));
  const started: RecoveryServerStarted = {
    origin: await openDoor(new URL(api.url), nodeOrigins, webFolder),
    echoOrigin: await openDoor(await startEcho(), [], webFolder),
    apiUrl: api.url,
    operatorKey: toHex(operatorKey),
    teamKey: toHex(keyPairOfSeed(keys.teamSeed).publicKey),
  };
  process.send?.(started);
  process.on('message', (ahead: number) => {
    aheadMs = ahead;
    const moved: RecoveryServerMoved = { texts: texts.splice(0) };
    process.send?.(moved);
  });
  process.once('disconnect', async () => {
    await Promise.all([api.close(), ...nodes.map((node) => node.stop())]);
    process.exit(0);
  });
});

async function openDoor(api: URL, nodes: readonly URL[], folder: string): Promise<string> {
  const server = frontDoor(
    {
      host: '127.0.0.1',
      port: 0,
      publicUrl: new URL('http://localhost'),
      api,
      nodes,
      ledger: null,
      web: { folder },
      nodeOrigins: [],
      trustProxy: false,
    },
    (part, code) => process.stderr.write(`${part} did not answer: ${code}\n`),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

/** Greets each socket and sends every frame back. */
async function startEcho(): Promise<URL> {
  const server = createServer();
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.on('message', (frame) => socket.send(frame));
    socket.send(new Uint8Array());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}
