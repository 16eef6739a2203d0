import type { Clock, GuessLimits, KeyPair, Random } from '@hexkey/protocol';
import { keyPairOfSeed, mintNodeToken, Secret, type TokenBinding, toHex } from '@hexkey/protocol';
import { sodiumGroup } from '../evaluation/sodium-group.ts';
import { silentNodeLog } from '../log/node-log.ts';
import { memoryStore } from '../records/memory-store.ts';
import type { PinStore } from '../records/pin-store.ts';
import { type NodeDeps, type RunningNode, startNode } from '../start-node.ts';

const dayMs = 24 * 3_600_000;

/** The limits of the specification. */
export const specifiedLimits: GuessLimits = {
  provenDevice: { attempts: 5, windowMs: dayMs },
  words: { attempts: 10, windowMs: 7 * dayMs },
  newDevice: { attempts: 10, windowMs: 7 * dayMs },
};

/** PIN nodes of one tenant in this process, over real HTTP, for tests. */
export interface NodeNetwork {
  readonly nodes: readonly (RunningNode & {
    readonly realmId: string;
    readonly store: PinStore;
    readonly logKeys: KeyPair;
  })[];
  /** A token of the tenant for one account at one node. */
  token(realmId: string, userId: string, binding: TokenBinding): string;
  stop(): Promise<void>;
}

/** @param deps.clock also the monotonic clock: moving it is time passing, not a clock being set */
export async function startNodeNetwork(
  count: number,
  deps: { readonly clock: Clock; readonly random: Random } & Partial<NodeDeps>,
  limits: GuessLimits = specifiedLimits,
  newDeviceGuessesPerHour = 1000,
  metricsPort?: number,
): Promise<NodeNetwork> {
  const tenant = 'hexkey';
  const tenantKeys = keyPairOfSeed(new Secret(deps.random(32)));
  const groupOperations = deps.groupOperations ?? (await sodiumGroup());
  const nodes: NodeNetwork['nodes'][number][] = [];
  for (let index = 1; index <= count; index += 1) {
    const realmId = toHex(deps.random(16));
    const store = deps.store ?? memoryStore();
    const logKeys = keyPairOfSeed(new Secret(deps.random(32)));
    const node = await startNode(
      {
        host: '127.0.0.1',
        port: 0,
        realmId,
        name: `node ${index}`,
        pathPrefix: `/nodes/${index}/`,
        limits,
        tenants: [{ tenant, version: 1, publicKey: tenantKeys.publicKey }],
        newDeviceGuessesPerHour,
        ...(metricsPort !== undefined && { metricsPort }),
      },
      { monotonic: deps.clock, log: silentNodeLog, logKeys, ...deps, groupOperations, store },
    );
    nodes.push({ ...node, realmId, store, logKeys: deps.logKeys ?? logKeys });
  }
  return {
    nodes,
    token: (realmId, userId, binding) =>
      mintNodeToken(tenantKeys.seed, {
        tenant,
        version: 1,
        userId,
        realmId,
        nowMs: deps.clock.now(),
        lifetimeMs: 600_000,
        binding,
      }),
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}
