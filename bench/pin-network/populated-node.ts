import { Agent } from 'node:http';
import { nobleGroup } from '@hexkey/pin-node';
import { equalBytes, type GuessLimits, toBase64url, toHex } from '@hexkey/protocol';
import { type Sender, sendToNode, tenant, tenantKeys, tokenOf } from '../node-client.ts';
import { type NodeProcess, startNodeProcess } from '../node-process.ts';
import { blindedInputs, recoverOnce } from '../pin-node-load.ts';
import type { ServerOrder } from '../pin-node-server.ts';
import { systemRandom } from '../system.ts';
import type { Population } from './population.ts';

const dayMs = 24 * 3_600_000;
/** As the node set of an installation has them. */
export const limits: GuessLimits = {
  provenDevice: { attempts: 5, windowMs: dayMs },
  words: { attempts: 10, windowMs: 7 * dayMs },
  newDevice: { attempts: 10, windowMs: 7 * dayMs },
};

export function orderOf(realmId: Uint8Array, store: ServerOrder['store']): ServerOrder {
  return {
    group: 'sodium',
    store,
    limits,
    realmId: toHex(realmId),
    tenant,
    tenantKey: toBase64url(tenantKeys.publicKey),
    logSeed: toHex(systemRandom(32)),
  };
}

/** A node in a process of its own over a filled store. */
export interface PopulatedNode {
  /**
   * So many accounts, drawn from all of them, recover over 32 connections as our client does: with a token and a
   * device's signature on every request.
   * @returns CPU seconds of the node, and of its database server, for each recover
   */
  recover(accounts: number): Promise<number>;
  /** @throws unless drawn accounts get evaluations by their own key and their own share back */
  verifySample(accounts: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startPopulatedNode(
  realmId: Uint8Array,
  store: NonNullable<ServerOrder['store']>,
  population: Population,
  count: number,
  databaseCpuSeconds: () => number = () => 0,
): Promise<PopulatedNode> {
  const node = await startNodeProcess(orderOf(realmId, store));
  const connections = 32;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const drawn = (accounts: number) =>
    Array.from({ length: accounts }, () => Math.floor(Math.random() * count));

  return {
    async recover(accounts) {
      const inputs = blindedInputs(connections);
      const work = drawn(accounts).map((index) => ({
        sender: senderAt(node, agent, realmId, population, index),
        registration: population.registrationOf(index),
      }));
      const before = (await node.cpuSeconds()) + databaseCpuSeconds();
      let next = 0;
      await Promise.all(
        inputs.map(async (blindedInput) => {
          for (let item = work[next]; item !== undefined; item = work[next]) {
            next += 1;
            await recoverOnce(item.sender, item.registration, blindedInput);
          }
        }),
      );
      return ((await node.cpuSeconds()) + databaseCpuSeconds() - before) / accounts;
    },
    async verifySample(accounts) {
      const [blindedInput] = blindedInputs(1) as [Uint8Array];
      for (const index of drawn(accounts)) {
        const sender = senderAt(node, agent, realmId, population, index);
        await verifyAccount(sender, population, index, blindedInput);
      }
    },
    async stop() {
      agent.destroy();
      await node.stop();
    },
  };
}

function senderAt(
  node: NodeProcess,
  agent: Agent,
  realmId: Uint8Array,
  population: Population,
  index: number,
): Sender {
  const userId = population.userIdOf(index);
  const deviceKeys = population.deviceKeysOf(index);
  const token = tokenOf(realmId, userId, { deviceKey: deviceKeys.publicKey });
  return { agent, address: node.address, realmId, userId, token, deviceKeys };
}

async function verifyAccount(
  sender: Sender,
  population: Population,
  index: number,
  blindedInput: Uint8Array,
): Promise<void> {
  const { version, unlockKeyTag, oprfPrivateKey, oprfSignedPublicKey, encryptedSecret } =
    population.registrationOf(index);
  const { publicKey } = oprfSignedPublicKey;
  const entropy = systemRandom(64);
  const expected = nobleGroup().evaluate({ privateKey: oprfPrivateKey, publicKey, blindedInput, entropy });
  const guess = await sendToNode(sender, { kind: 'Recover2', version, blindedInput });
  const proof = await sendToNode(sender, { kind: 'Recover3', version, unlockKeyTag });
  const isEvaluated =
    guess.answer?.kind === 'Recover2' &&
    guess.answer.outcome === 'Ok' &&
    equalBytes(guess.answer.blindedResult, expected.blindedResult);
  const isReleased =
    proof.answer?.kind === 'Recover3' &&
    proof.answer.outcome === 'Ok' &&
    equalBytes(proof.answer.encryptedSecret, encryptedSecret);
  if (!isEvaluated || !isReleased) throw new Error(`account ${index} cannot be recovered`);
}
