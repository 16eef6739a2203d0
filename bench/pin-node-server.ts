import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  memoryStore,
  nobleGroup,
  silentNodeLog,
  sodiumGroup,
  sqliteStore,
  startNode,
} from '@hexkey/pin-node';
import { fromBase64url, keyPairOfSeed, Secret } from '@hexkey/protocol';
import { systemClock, systemMonotonic, systemRandom } from './system.ts';

/** What the benchmark sends to start one node in a process of its own. */
export interface ServerOrder {
  readonly group: 'sodium' | 'noble';
  readonly store: 'memory' | 'sqlite';
  readonly realmId: string;
  readonly tenant: string;
  readonly tenantKey: string;
}

const hourMs = 3_600_000;
const limit = { attempts: 1000, windowMs: 24 * hourMs };

process.once('message', async (order: ServerOrder) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'hexkey-bench-'));
  const node = await startNode(
    {
      host: '127.0.0.1',
      port: 0,
      realmId: order.realmId,
      name: order.group,
      pathPrefix: '/',
      limits: { provenDevice: limit, words: limit, newDevice: limit },
      tenants: [{ tenant: order.tenant, version: 1, publicKey: fromBase64url(order.tenantKey) }],
      newDeviceGuessesPerHour: 1_000_000,
    },
    {
      clock: systemClock,
      monotonic: systemMonotonic,
      random: systemRandom,
      store: order.store === 'memory' ? memoryStore() : sqliteStore(dataDirectory),
      groupOperations: order.group === 'noble' ? nobleGroup() : await sodiumGroup(),
      logKeys: keyPairOfSeed(new Secret(systemRandom(32))),
      log: silentNodeLog,
    },
  );
  process.send?.({ address: node.address });
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuSeconds: (user + system) / 1e6 });
  });
  process.once('disconnect', async () => {
    await node.stop();
    rmSync(dataDirectory, { recursive: true });
    process.exit(0);
  });
});
