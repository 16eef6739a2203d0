import { memoryStore, nobleGroup, openStore, silentNodeLog, sodiumGroup, startNode } from '@hexkey/pin-node';
import { fromBase64url, fromHex, type GuessLimits, keyPairOfSeed, Secret } from '@hexkey/protocol';
import { systemClock, systemMonotonic, systemRandom } from './system.ts';

/** What the benchmark sends to start one node in a process of its own. */
export interface ServerOrder {
  readonly group: 'sodium' | 'noble';
  /** `null` forgets; else the embedded database in the folder, or PostgreSQL when a URL is there. */
  readonly store: { readonly dataDirectory: string; readonly databaseUrl: string | null } | null;
  readonly limits: GuessLimits;
  readonly realmId: string;
  readonly tenant: string;
  /** Ed25519 public key that signs tokens, base64url. */
  readonly tenantKey: string;
  /** Of the key that signs attempt logs, hexadecimal. */
  readonly logSeed: string;
}

process.once('message', async (order: ServerOrder) => {
  const { store, realmId } = order;
  const node = await startNode(
    {
      host: '127.0.0.1',
      port: 0,
      realmId,
      name: 'bench',
      pathPrefix: '/',
      limits: order.limits,
      vouchingNodes: { threshold: 1, logKeys: new Map() },
      moves: { operatorKey: new Uint8Array(32), nodeSetHash: new Uint8Array(32) },
      tenants: [{ tenant: order.tenant, version: 1, publicKey: fromBase64url(order.tenantKey) }],
      newDeviceGuessesPerHour: 1_000_000,
    },
    {
      clock: systemClock,
      monotonic: systemMonotonic,
      random: systemRandom,
      store: store === null ? memoryStore() : await openStore(settingsOf(store, realmId), onIdleError),
      groupOperations: order.group === 'noble' ? nobleGroup() : await sodiumGroup(),
      logKeys: keyPairOfSeed(new Secret(fromHex(order.logSeed))),
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
    process.exit(0);
  });
});

function settingsOf({ dataDirectory, databaseUrl }: NonNullable<ServerOrder['store']>, realmId: string) {
  return { dataDirectory, realmId, databaseUrl: databaseUrl === null ? null : new Secret(databaseUrl) };
}

function onIdleError(error: Error): never {
  throw error;
}
