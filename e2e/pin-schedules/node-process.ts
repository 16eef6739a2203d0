import { openStore, type PinStore, silentNodeLog, sodiumGroup, startNode } from '@hexkey/pin-node';
import {
  type AttemptEvent,
  fromBase64url,
  fromHex,
  keyPairOfSeed,
  Secret,
  toHex,
  verifyNodeSet,
  vouchingNodesOf,
} from '@hexkey/protocol';
import { die, type NodePlan } from './fault-plan.ts';
import { readInstallation } from './installation-file.ts';
import { movedClock } from './moved-clock.ts';
import type { Held } from './schedule.ts';
import { systemRandom } from './system-random.ts';

// `node-process FILE PLACE OFFSET`: one PIN node over its real files, killed around the write that its plan names.
const [file = '', place = '', offset = ''] = process.argv.slice(2);
const installation = readInstallation(file);
const node = installation.nodes[Number(place)];
if (node === undefined) throw new Error('no such node');
const clock = movedClock(Number(offset));
let plan: NodePlan | null = null;
let writes = 0;
let lastRecordId: Uint8Array | null = null;

export type NodeOrder =
  | { readonly plan: NodePlan | null }
  | { readonly offset: number }
  /** What the database says of the account that was asked about last. */
  | { readonly tell: 'log' }
  /** Which versions it holds of that account. */
  | { readonly tell: 'held' };

/** An entry of the log, as it goes through a pipe. */
export type LoggedEvent = Omit<AttemptEvent, 'device'> & { readonly device: string | null };

const operatorKey = fromHex(installation.operatorKey);
const { nodeSet, hash } = verifyNodeSet(installation.signedNodeSet, operatorKey);
const { tenant, tokenKeyVersion, tokenPublicKey } = installation.tokenKey;
const { dataDirectory, realmId } = node;
const files = await openStore({ dataDirectory, realmId, databaseUrl: null }, () => undefined);
const running = await startNode(
  {
    host: '127.0.0.1',
    port: node.port,
    realmId,
    name: `Node ${place}`,
    pathPrefix: '/',
    limits: nodeSet.limits,
    vouchingNodes: vouchingNodesOf(nodeSet),
    moves: { operatorKey, nodeSetHash: hash },
    tenants: [{ tenant, version: tokenKeyVersion, publicKey: fromBase64url(tokenPublicKey) }],
    newDeviceGuessesPerHour: 1_000_000,
  },
  {
    clock,
    monotonic: clock,
    random: systemRandom,
    store: mortalStore(files),
    groupOperations: await sodiumGroup(),
    logKeys: keyPairOfSeed(new Secret(fromHex(node.logSeed))),
    log: silentNodeLog,
  },
);
process.on('message', async (order: NodeOrder) => {
  if ('tell' in order) {
    process.send?.(await (order.tell === 'log' ? loggedEvents() : heldVersions()));
    return;
  }
  if ('offset' in order) clock.moveTo(order.offset);
  else {
    plan = order.plan;
    writes = 0;
  }
  process.send?.('done');
});
process.once('disconnect', () => void running.stop().then(() => process.exit(0)));
process.send?.('ready');

/** The write takes a moment before and after, so that a node which does not wait for it answers too early. */
function mortalStore(store: PinStore): PinStore {
  return {
    ...store,
    read(recordId) {
      lastRecordId = recordId;
      return store.read(recordId);
    },
    async replace(...change) {
      if (plan === null) return store.replace(...change);
      writes += 1;
      const isLast = writes === plan.write;
      await moment();
      if (isLast && plan.when === 'before') return die();
      const written = await store.replace(...change);
      if (isLast && plan.when === 'after') return die();
      return written;
    },
  };
}

async function loggedEvents(): Promise<readonly LoggedEvent[]> {
  if (lastRecordId === null) return [];
  const everything = { after: 0, through: Number.MAX_SAFE_INTEGER, limit: 10_000 };
  const entries = await files.readEntries(lastRecordId, everything);
  return entries.map(({ timeMs, bucket, operation, outcome, device }) => {
    return { timeMs, bucket, operation, outcome, device: device === null ? null : toHex(device) };
  });
}

async function heldVersions(): Promise<Held<string>> {
  const stored = lastRecordId === null ? null : await files.read(lastRecordId);
  const { committed, staged } = stored?.record ?? { committed: null, staged: null };
  const hex = (held: typeof committed) => (held === null ? null : toHex(held.registration.version));
  return { committed: hex(committed), staged: hex(staged) };
}

/** Long enough for everything else that is ready in this process. */
async function moment(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
