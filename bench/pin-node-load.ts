import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nobleGroup } from '@hexkey/pin-node';
import { concatBytes, type NodeRequest, type Registration, toBase64url, toHex } from '@hexkey/protocol';
import { type Sender, sendToNode, tenant, tenantKeys, tokenOf } from './node-client.ts';
import { startNodeProcess } from './node-process.ts';
import type { ServerOrder } from './pin-node-server.ts';
import { systemRandom } from './system.ts';

/** Accounts that recover at the same time, each over a connection of its own. */
const accounts = 32;
const limit = { attempts: 1000, windowMs: 24 * 3_600_000 };

const group = nobleGroup();
const realmId = systemRandom(16);

/** A registration as a node sees it; nobody will open its secret, so that is random. */
function aRegistration(): Registration {
  const oprfPrivateKey = scalar();
  const publicKey = group.publicKeyOf(oprfPrivateKey);
  if (publicKey === null) throw new Error('the random scalar was zero');
  return {
    version: systemRandom(16),
    oprfPrivateKey,
    oprfSignedPublicKey: { publicKey, verifyingKey: systemRandom(32), signature: systemRandom(64) },
    unlockKeyCommitment: systemRandom(32),
    unlockKeyTag: systemRandom(16),
    encryptionKeyScalarShare: scalar(),
    encryptedSecret: systemRandom(145),
    encryptedSecretCommitment: systemRandom(16),
    policyNumGuesses: 5,
  };
}

function scalar(): Uint8Array {
  return concatBytes(systemRandom(31), new Uint8Array(1));
}

/** Points, as clients would blind PINs to. */
export function blindedInputs(count: number): Uint8Array[] {
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
  store: 'sqlite' | 'memory',
): Promise<LoadedNode> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'hexkey-bench-'));
  const node = await startNodeProcess({
    group: kind,
    store: store === 'memory' ? null : { dataDirectory, databaseUrl: null },
    limits: { provenDevice: limit, words: limit, newDevice: limit },
    realmId: toHex(realmId),
    tenant,
    tenantKey: toBase64url(tenantKeys.publicKey),
    logSeed: toHex(systemRandom(32)),
  });
  const agent = new Agent({ keepAlive: true, maxSockets: accounts });
  const users = Array.from({ length: accounts }, (_, index) => {
    const userId = `account-${index}`;
    const token = tokenOf(realmId, userId, { sessionId: 'bench' });
    return {
      sender: { agent, address: node.address, realmId, userId, token },
      registration: aRegistration(),
    };
  });
  for (const { sender, registration } of users) await expectOk(sender, { kind: 'Register2', registration });

  return {
    async recover(timesEach) {
      const work = users.map((user) => ({ ...user, inputs: blindedInputs(timesEach) }));
      const before = await node.cpuSeconds();
      await Promise.all(
        work.map(async ({ sender, registration, inputs }) => {
          for (const blindedInput of inputs) await recoverOnce(sender, registration, blindedInput);
        }),
      );
      return ((await node.cpuSeconds()) - before) / (accounts * timesEach);
    },
    async stop() {
      agent.destroy();
      await node.stop();
      rmSync(dataDirectory, { recursive: true });
    },
  };
}

/** The three requests that a client with the right PIN sends to one node. */
export async function recoverOnce(
  sender: Sender,
  { version, unlockKeyTag }: Pick<Registration, 'version' | 'unlockKeyTag'>,
  blindedInput: Uint8Array,
): Promise<void> {
  await expectOk(sender, { kind: 'Recover1' });
  await expectOk(sender, { kind: 'Recover2', version, blindedInput });
  await expectOk(sender, { kind: 'Recover3', version, unlockKeyTag });
}

async function expectOk(sender: Sender, message: NodeRequest): Promise<void> {
  const { status, answer } = await sendToNode(sender, message);
  if (answer?.outcome !== 'Ok') throw new Error(`${message.kind} was answered ${answer?.outcome ?? status}`);
}
