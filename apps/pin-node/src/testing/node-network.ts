import type { Clock, GuessLimits, KeyPair, Random } from '@hexkey/protocol';
import {
  hpkePublicKey,
  keyPairOfSeed,
  mintNodeToken,
  Secret,
  type TokenBinding,
  toBase64url,
  toHex,
  type WalletNodes,
  walletNodesOf,
} from '@hexkey/protocol';
import { sodiumGroup } from '../evaluation/sodium-group.ts';
import { silentNodeLog } from '../log/node-log.ts';
import type { MoveTerms } from '../operation.ts';
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
  /** As in a signed set of these nodes. */
  readonly walletNodes: WalletNodes;
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
  openStore: (place: number) => PinStore = memoryStore,
  moves?: MoveTerms,
): Promise<NodeNetwork> {
  const tenant = 'hexkey';
  const tenantKeys = keyPairOfSeed(new Secret(deps.random(32)));
  const groupOperations = deps.groupOperations ?? (await sodiumGroup());
  const nodes: NodeNetwork['nodes'][number][] = [];
  const identities = Array.from({ length: count }, () => ({
    realmId: toHex(deps.random(16)),
    logKeys: deps.logKeys ?? keyPairOfSeed(new Secret(deps.random(32))),
    hpkeSecret: new Secret(deps.random(32)),
  }));
  const vouchingNodes = {
    threshold: Math.ceil((count + 1) / 2),
    logKeys: new Map(identities.map(({ realmId, logKeys }) => [realmId, logKeys.publicKey])),
  };
  const walletNodes = walletNodesOf(
    {
      threshold: Math.max(vouchingNodes.threshold, 2),
      nodes: identities.map(({ realmId, logKeys, hpkeSecret }, place) => ({
        realmId,
        address: `/nodes/${place + 1}/`,
        operator: 'test',
        name: `node ${place + 1}`,
        region: 'here',
        logKey: toBase64url(logKeys.publicKey),
        hpkeKey: toBase64url(hpkePublicKey(hpkeSecret)),
      })),
    },
    deps.random(32),
  );
  for (const [place, { realmId, logKeys, hpkeSecret }] of identities.entries()) {
    const index = place + 1;
    const store = deps.store ?? openStore(place);
    const node = await startNode(
      {
        host: '127.0.0.1',
        port: 0,
        realmId,
        name: `node ${index}`,
        pathPrefix: `/nodes/${index}/`,
        limits,
        vouchingNodes,
        moves: moves ?? { operatorKey: new Uint8Array(32), nodeSetHash: new Uint8Array(32) },
        tenants: [{ tenant, version: 1, publicKey: tenantKeys.publicKey }],
        newDeviceGuessesPerHour,
        ...(metricsPort !== undefined && { metricsPort }),
      },
      {
        monotonic: deps.clock,
        log: silentNodeLog,
        wallet: { nodes: walletNodes, hpkeSecret },
        ...deps,
        logKeys,
        groupOperations,
        store,
      },
    );
    nodes.push({ ...node, realmId, store, logKeys });
  }
  return {
    nodes,
    walletNodes,
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
