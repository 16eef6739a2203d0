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
import { systemRandom } from './system.ts';

/** Accounts that recover at the same time, each over a connection of its own. */
const accounts = 32;

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

/** One node in a process of its own, with registered accounts that recover on demand. */
export interface LoadedNode {
  /** Each account recovers so many times. @returns the server's CPU seconds for each recover */
  recover(timesEach: number): Promise<number>;
  stop(): Promise<void>;
}

export async function startLoadedNode(
  kind: ServerOrder['group'],
  store: ServerOrder['store'],
): Promise<LoadedNode> {
  // The launcher hooks TypeScript into its own process only.
  const child = fork(new URL('./pin-node-server.ts', import.meta.url), {
    execArgv: ['--import', 'tsx'],
  });
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
  for (const user of users)
    await post(agent, address, user.token, { kind: 'Register2', registration: user.registration });

  async function recoverOne(user: Account, inputs: readonly Uint8Array[]): Promise<void> {
    const { version, unlockKeyTag } = user.registration;
    for (const blindedInput of inputs) {
      await post(agent, address, user.token, { kind: 'Recover1' });
      await post(agent, address, user.token, { kind: 'Recover2', version, blindedInput });
      await post(agent, address, user.token, { kind: 'Recover3', version, unlockKeyTag });
    }
  }

  return {
    async recover(timesEach) {
      const work = users.map((user) => ({ user, inputs: blindedInputs(timesEach) }));
      const before = await cpuSeconds(child);
      await Promise.all(work.map(({ user, inputs }) => recoverOne(user, inputs)));
      return ((await cpuSeconds(child)) - before) / (accounts * timesEach);
    },
    async stop() {
      agent.destroy();
      child.disconnect();
      await once(child, 'exit');
    },
  };
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
