import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { nobleGroup } from '@hexkey/pin-node';
import {
  concatBytes,
  encodeNodeRequest,
  keyPairOfSeed,
  mintNodeToken,
  type NodeRequest,
  type Registration,
  Secret,
  toBase64url,
  toHex,
} from '@hexkey/protocol';
import type { ServerOrder } from './pin-node-server.ts';
import { type Result, recordResults } from './record-results.ts';
import { systemRandom } from './system.ts';

/**
 * Full recovers (Recover1, Recover2, Recover3) per second of server CPU time: our node as it ships against the same node
 * with its group operations in TypeScript. Each node is a process of its own with its own SQLite file; the client's work
 * is done before the measurement and is not counted.
 */
const accounts = 8;
const rounds = { sodium: 250, noble: 60 } as const;

const group = nobleGroup();
const tenant = 'hexkey';
const tenantKeys = keyPairOfSeed(new Secret(systemRandom(32)));
const realmId = systemRandom(16);

interface Account {
  readonly token: string;
  readonly registration: Registration;
}

/** A registration as a node sees it; nobody will open its secret, so that is random. */
function makeAccount(index: number): Account {
  const oprfPrivateKey = scalar();
  const publicKey = group.publicKeyOf(oprfPrivateKey);
  if (publicKey === null) throw new Error('the random scalar was zero');
  return {
    token: mintNodeToken(tenantKeys.seed, {
      tenant,
      version: 1,
      userId: `account-${index}`,
      realmId: toHex(realmId),
      nowMs: Date.now(),
      lifetimeMs: 600_000,
      binding: { sessionId: 'bench' },
    }),
    registration: {
      version: systemRandom(16),
      oprfPrivateKey,
      oprfSignedPublicKey: { publicKey, verifyingKey: systemRandom(32), signature: systemRandom(64) },
      unlockKeyCommitment: systemRandom(32),
      unlockKeyTag: systemRandom(16),
      encryptionKeyScalarShare: scalar(),
      encryptedSecret: systemRandom(145),
      encryptedSecretCommitment: systemRandom(16),
      policyNumGuesses: 5,
    },
  };
}

function scalar(): Uint8Array {
  return concatBytes(systemRandom(31), new Uint8Array(1));
}

function blindedInputs(count: number): Uint8Array[] {
  return Array.from({ length: count }, () => group.publicKeyOf(scalar()) ?? new Uint8Array(32));
}

async function measure(kind: ServerOrder['group'], store: ServerOrder['store']): Promise<number> {
  const child = fork(new URL('./pin-node-server.ts', import.meta.url));
  const order: ServerOrder = {
    group: kind,
    store,
    realmId: toHex(realmId),
    tenant,
    tenantKey: toBase64url(tenantKeys.publicKey),
  };
  child.send(order);
  const [{ address }] = await once(child, 'message');
  const agent = new Agent({ keepAlive: true, maxSockets: accounts });
  const users = Array.from({ length: accounts }, (_, index) => makeAccount(index));
  const perUser = new Map(users.map((user) => [user, blindedInputs(2 * rounds[kind])]));
  for (const user of users)
    await post(agent, address, user.token, { kind: 'Register2', registration: user.registration });

  const recoverAll = (from: number) =>
    Promise.all(
      users.map(async (user) => {
        const { version, unlockKeyTag } = user.registration;
        for (const blindedInput of perUser.get(user)?.slice(from, from + rounds[kind]) ?? []) {
          await post(agent, address, user.token, { kind: 'Recover1' });
          await post(agent, address, user.token, { kind: 'Recover2', version, blindedInput });
          await post(agent, address, user.token, { kind: 'Recover3', version, unlockKeyTag });
        }
      }),
    );
  await recoverAll(0);
  const before = await cpuSeconds(child);
  await recoverAll(rounds[kind]);
  const used = (await cpuSeconds(child)) - before;
  agent.destroy();
  child.disconnect();
  await once(child, 'exit');
  return (accounts * rounds[kind]) / used;
}

async function cpuSeconds(child: ReturnType<typeof fork>): Promise<number> {
  child.send('cpu');
  const [{ cpuSeconds: seconds }] = await once(child, 'message');
  return seconds;
}

function post(agent: Agent, address: string, token: string, message: NodeRequest): Promise<void> {
  const body = encodeNodeRequest(message);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${address}req`,
      {
        agent,
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'x-juicebox-version': '0.3.7',
          'content-length': body.length,
        },
      },
      (response) => {
        response.resume();
        if (response.statusCode !== 200)
          reject(new Error(`${message.kind} was answered ${response.statusCode}`));
        response.once('end', resolve);
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** @param goalRatio null for a figure that is told, not judged */
async function compare(store: ServerOrder['store'], goalRatio: number | null): Promise<Result> {
  const ours = await measure('sodium', store);
  const peer = await measure('noble', store);
  const ratio = ours / peer;
  return {
    metric: `full recover, ${store} store: libsodium node against the same node with noble only`,
    ours: Math.round(ours),
    peer: Math.round(peer),
    ratio: Math.round(ratio * 100) / 100,
    unit: 'recovers per server CPU-second',
    goal:
      goalRatio === null ? 'none: the sync of the disk, the same for both, weighs most' : `>= ${goalRatio}x`,
    met: goalRatio === null || ratio >= goalRatio,
  };
}

recordResults('pin-node', [await compare('sqlite', null), await compare('memory', 5)]);
