import { type PinStore, type RunningNode, silentNodeLog, sodiumGroup, startNode } from '@hexkey/pin-node';
import {
  type Clock,
  hpkePublicKey,
  type KeyPair,
  keyPairOfSeed,
  type NodeSet,
  type Random,
  Secret,
  type SignedNodeSet,
  signNodeSet,
  toBase64url,
  toHex,
  utf8,
  type VerifiedNodeSet,
  verifyNodeSet,
  vouchingNodesOf,
  walletNodesOf,
} from '@hexkey/protocol';
import { freePorts, seededRandom } from '@hexkey/testing';

type NodeSettings = Parameters<typeof startNode>[0];

export interface TestNodes {
  readonly document: SignedNodeSet;
  readonly set: VerifiedNodeSet;
  readonly logKeys: readonly KeyPair[];
  addressOf(node: number): string;
  restart(node: number, change: () => void): Promise<void>;
  stop(): Promise<void>;
}

/** PIN nodes of one signed set, over real HTTP in this process. Their ports are known before they start: the set names them. */
export async function startNodes(
  terms: Pick<NodeSet, 'id' | 'epoch' | 'threshold' | 'limits' | 'tenant'>,
  tenants: NodeSettings['tenants'],
  operatorSeed: Secret<Uint8Array>,
  deps: { readonly clock: Clock; readonly random: Random },
  openStore: (node: number) => PinStore | Promise<PinStore>,
): Promise<TestNodes> {
  const { clock, random } = deps;
  const groupOperations = await sodiumGroup();
  const ports = await freePorts(2 * terms.threshold - 1);
  const logKeys = ports.map(() => keyPairOfSeed(new Secret(random(32))));
  const hpkeSecrets = ports.map((_, place) => new Secret(seededRandom(`hpke ${terms.epoch} ${place}`)(32)));
  const nodeSet: NodeSet = {
    ...terms,
    nodes: ports.map((port, place) => ({
      realmId: toHex(random(16)),
      address: `http://127.0.0.1:${port}/`,
      operator: `Operator ${place}`,
      name: `Node ${place}`,
      region: 'Test',
      logKey: toBase64url((logKeys[place] as KeyPair).publicKey),
      hpkeKey: toBase64url(hpkePublicKey(hpkeSecrets[place] as Secret<Uint8Array>)),
    })),
  };
  const document = signNodeSet(utf8(JSON.stringify(nodeSet)), operatorSeed);
  const operatorKey = keyPairOfSeed(operatorSeed).publicKey;
  const set = verifyNodeSet(document, operatorKey);
  const start = async (place: number) => {
    const { realmId, name } = nodeSet.nodes[place] as NodeSet['nodes'][0];
    return startNode(
      {
        host: '127.0.0.1',
        port: ports[place] as number,
        realmId,
        name,
        pathPrefix: '/',
        limits: terms.limits,
        vouchingNodes: vouchingNodesOf(nodeSet),
        moves: { operatorKey, nodeSetHash: set.hash },
        tenants,
        newDeviceGuessesPerHour: 1_000_000,
      },
      {
        clock,
        monotonic: clock,
        random,
        store: await openStore(place),
        groupOperations,
        logKeys: logKeys[place] as KeyPair,
        wallet: {
          nodes: walletNodesOf(nodeSet, set.hash),
          hpkeSecret: hpkeSecrets[place] as Secret<Uint8Array>,
        },
        log: silentNodeLog,
      },
    );
  };
  const running: RunningNode[] = await Promise.all(ports.map((_, place) => start(place)));
  return {
    document,
    set,
    logKeys,
    addressOf: (node) => (running[node] as RunningNode).address,
    async restart(node, change) {
      await (running[node] as RunningNode).stop();
      change();
      running[node] = await start(node);
    },
    stop: async () => void (await Promise.all(running.map((node) => node.stop()))),
  };
}
