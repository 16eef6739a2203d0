import { webcrypto } from 'node:crypto';
import type { NodeSetEntry } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import type { Fetch, HexkeyDeps } from '../deps.ts';
import { createGuessMemory } from '../pin/guess-memory.ts';
import { openNodeChannel } from '../pin/node-channel.ts';
import type { RecoverDeps } from '../pin/recover-secret.ts';
import type { HeldBefore } from '../pin/stage-record.ts';
import { completeSurvey, startSurvey } from '../pin/survey-nodes.ts';
import { type DeviceSigner, deviceSigner, makeDeviceKey } from '../storage/device-key.ts';
import type { Engine } from '../storage/engine.ts';
import type { TestNetwork } from './network.ts';
import { cheapPinHash } from './test-client.ts';

const engine = webcrypto.subtle as Engine;

/** A device of an account that has tokens for every node: the PIN client without the account API. */
export interface TestDevice extends RecoverDeps {
  readonly random: HexkeyDeps['random'];
  readonly signer: DeviceSigner;
  /** Resolves when no background work is left. */
  settled(): Promise<void>;
}

/** What each node that answers holds now. */
export async function heldNow({ channel }: Pick<TestDevice, 'channel'>): Promise<HeldBefore> {
  return (await completeSurvey(channel, startSurvey(channel))).held;
}

let devices = 0;

export async function testDevice(
  network: TestNetwork,
  accountId: string,
  given: {
    readonly fetch?: Fetch;
    readonly timeout?: HexkeyDeps['timeout'];
    readonly pinHash?: HexkeyDeps['pinHash'];
    /** One that exists already; else a new one. */
    readonly signer?: DeviceSigner;
  } = {},
): Promise<TestDevice> {
  devices += 1;
  const random = seededRandom(`device ${devices}`);
  const { clock, set, document } = network;
  const signer = given.signer ?? deviceSigner(engine, await makeDeviceKey(engine, random));
  const channelDeps = {
    origin: network.origin,
    fetch,
    timeout: () => new AbortController().signal,
    clock,
    random,
    nodeTimeoutMs: 10_000,
    ...given,
  };
  const token = ({ realmId }: NodeSetEntry) =>
    [realmId, network.token(realmId, accountId, { deviceKey: signer.publicKey })] as const;
  const identity = {
    accountId,
    device: signer,
    loginKey: null,
    tokens: new Map(set.nodeSet.nodes.map(token)),
  };
  const works: Promise<unknown>[] = [];
  return {
    channel: openNodeChannel(channelDeps, { set, document }, identity, () => undefined),
    pinHash: given.pinHash ?? cheapPinHash,
    guesses: createGuessMemory(clock, random),
    clock,
    background: (work) => void works.push(work),
    random,
    signer,
    settled: async () => void (await Promise.all(works)),
  };
}
