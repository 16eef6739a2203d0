import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  memoryBlobs,
  newServerKeys,
  openEmbedded,
  publicTokenKey,
  type RunningApi,
  startApi,
} from '@hexkey/api';
import {
  keyPairOfSeed,
  mintNodeToken,
  type NodeSet,
  Secret,
  signNodeSet,
  toBase64url,
  toHex,
  utf8,
} from '@hexkey/protocol';
import { pino } from 'pino';
import { type NodeProcess, startNodeProcess } from '../node-process.ts';
import { systemClock, systemRandom } from '../system.ts';
import { limits } from './populated-node.ts';

/** An account server in this process and five PIN nodes in a process each, any three of which are enough. */
export interface UnlockNetwork {
  readonly api: RunningApi;
  readonly operatorKey: Uint8Array;
  readonly nodes: readonly (NodeProcess & { readonly realmId: string })[];
  /** What an official client is given for one account at one node. */
  officialToken(realmId: string, userId: string): string;
  stop(): Promise<void>;
}

const threshold = 3;

export async function startUnlockNetwork(): Promise<UnlockNetwork> {
  const folder = mkdtempSync(join(tmpdir(), 'hexkey-bench-'));
  const keys = newServerKeys(systemRandom);
  const { tenant, tokenKeyVersion, tokenPublicKey } = publicTokenKey(keys);
  const started = await Promise.all(
    Array.from({ length: 2 * threshold - 1 }, async (_, place) => {
      const realmId = toHex(systemRandom(16));
      const logSeed = systemRandom(32);
      const node = await startNodeProcess({
        group: 'sodium',
        store: { dataDirectory: mkdtempSync(join(folder, `node-${place}-`)), databaseUrl: null },
        limits,
        realmId,
        tenant,
        tenantKey: tokenPublicKey,
        logSeed: toHex(logSeed),
      });
      return { ...node, realmId, logKey: keyPairOfSeed(new Secret(logSeed)).publicKey };
    }),
  );
  const operatorSeed = new Secret(systemRandom(32));
  const operatorKey = keyPairOfSeed(operatorSeed).publicKey;
  const nodeSet: NodeSet = {
    id: 'bench',
    epoch: 1,
    threshold,
    limits,
    tenant,
    nodes: started.map(({ realmId, address, logKey }, place) => ({
      realmId,
      address,
      operator: `Operator ${place}`,
      name: `Node ${place}`,
      region: 'Loopback',
      logKey: toBase64url(logKey),
      hpkeKey: toBase64url(systemRandom(32)),
    })),
  };
  const api = await startApi(
    {
      host: '127.0.0.1',
      port: 0,
      signedNodeSet: signNodeSet(utf8(JSON.stringify(nodeSet)), operatorSeed),
      operatorKey,
      minimumClientVersion: '0.1.0',
      proofOfWorkBits: 4,
      trustProxy: false,
    },
    {
      clock: systemClock,
      random: systemRandom,
      keys,
      sms: null,
      database: await openEmbedded(null),
      blobs: memoryBlobs(),
      log: pino({ level: 'silent' }),
    },
  );
  return {
    api,
    operatorKey,
    nodes: started,
    officialToken: (realmId, userId) =>
      mintNodeToken(keys.tokenSeed, {
        tenant,
        version: tokenKeyVersion,
        userId,
        realmId,
        nowMs: Date.now(),
        lifetimeMs: 600_000,
        binding: { sessionId: 'official' },
      }),
    async stop() {
      await api.close();
      await Promise.all(started.map((node) => node.stop()));
      rmSync(folder, { recursive: true });
    },
  };
}
