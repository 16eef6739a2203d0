import { memoryBlobs, newServerKeys, openEmbedded, openPostgres, startApi } from '@hexkey/api';
import { keyPairOfSeed, type NodeSet, Secret, signNodeSet, toHex, utf8 } from '@hexkey/protocol';
import { pino } from 'pino';
import { seedConversations } from './messaging/seed-conversations.ts';
import type { Town } from './messaging/town.ts';
import { limits } from './pin-network/populated-node.ts';
import { systemClock, systemRandom } from './system.ts';

/** What the benchmark sends to start an account server in a process of its own. */
export interface MessagingOrder {
  /** Null: the embedded database, in memory. */
  readonly databaseUrl: string | null;
  readonly town: Town;
}

export interface MessagingStarted {
  readonly url: string;
}

/** Answer to any later message. */
export interface MessagingFigures {
  /** After a collection of garbage. */
  readonly residentBytes: number;
  readonly cpuSeconds: number;
  /** Rows of envelopes and of queues. */
  readonly rowsLeft: number;
}

process.once('message', async ({ databaseUrl, town }: MessagingOrder) => {
  const database =
    databaseUrl === null
      ? await openEmbedded(null)
      : openPostgres(databaseUrl, ({ message }) => process.stderr.write(`${message}\n`));
  const operator = keyPairOfSeed(new Secret(systemRandom(32)));
  const nodeSet: NodeSet = {
    id: 'bench',
    epoch: 1,
    threshold: 2,
    limits,
    tenant: 'hexkey',
    nodes: [1, 2, 3].map((place) => ({
      realmId: toHex(systemRandom(16)),
      address: `/nodes/${place}/`,
      operator: 'Nobody',
      name: `Node ${place}`,
      region: 'Nowhere',
      logKey: 'A'.repeat(43),
      hpkeKey: 'A'.repeat(43),
    })),
  };
  const api = await startApi(
    {
      host: '127.0.0.1',
      port: 0,
      signedNodeSet: signNodeSet(utf8(JSON.stringify(nodeSet)), operator.seed),
      operatorKey: operator.publicKey,
      minimumClientVersion: '0.1.0',
      proofOfWorkBits: 16,
      trustProxy: false,
    },
    {
      clock: systemClock,
      random: systemRandom,
      keys: newServerKeys(systemRandom),
      sms: null,
      database,
      blobs: memoryBlobs(),
      log: pino({ level: 'error' }, pino.destination(2)),
    },
  );
  await seedConversations(database.db, town, systemClock.now());
  const started: MessagingStarted = { url: api.url };
  process.send?.(started);
  const countOf = async (table: 'envelopes' | 'envelope_queue') => {
    const rows = database.db.selectFrom(table).select(({ fn }) => fn.countAll().as('count'));
    return Number((await rows.executeTakeFirstOrThrow()).count);
  };
  process.on('message', async () => {
    globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    const figures: MessagingFigures = {
      residentBytes: process.memoryUsage().rss,
      cpuSeconds: (user + system) / 1e6,
      rowsLeft: (await countOf('envelopes')) + (await countOf('envelope_queue')),
    };
    process.send?.(figures);
  });
  process.once('disconnect', () => void api.close().then(() => process.exit(0)));
});
