import { newServerKeys, openEmbedded, publicTokenKey, type SmsMessage, startApi } from '@hexkey/api';
import { memoryStore, silentNodeLog, sodiumGroup, startNode } from '@hexkey/pin-node';
import {
  fromBase64url,
  keyPairOfSeed,
  mintNodeToken,
  type NodeSet,
  Secret,
  signNodeSet,
  type TokenBinding,
  toBase64url,
  toHex,
  utf8,
  type VerifiedNodeSet,
  verifyNodeSet,
} from '@hexkey/protocol';
import { type FixedClock, fixedClock, seededRandom } from '@hexkey/testing';
import { pino } from 'pino';

/** A real account server and real PIN nodes in this process. Time stands still until the clock is moved. */
export interface TestNetwork {
  readonly origin: string;
  readonly clock: FixedClock;
  readonly operatorKey: Uint8Array;
  readonly set: VerifiedNodeSet;
  /** A token as the account server gives out. */
  token(realmId: string, accountId: string, binding: TokenBinding): string;
  /** Of a node, by its place in the set. */
  addressOf(node: number): string;
  /** Every SMS that was "sent", oldest first. */
  readonly sent: SmsMessage[];
  stop(): Promise<void>;
}

const day = 24 * 60 * 60_000;
const limits = {
  provenDevice: { attempts: 5, windowMs: day },
  words: { attempts: 10, windowMs: 7 * day },
  newDevice: { attempts: 10, windowMs: 7 * day },
};

/** @param threshold t; there are 2t-1 nodes */
export async function startNetwork(threshold: number): Promise<TestNetwork> {
  const clock = fixedClock('2030-01-01T00:00:00Z');
  const random = seededRandom(`network of ${threshold}`);
  const keys = newServerKeys(random);
  const { tenant, tokenKeyVersion, tokenPublicKey } = publicTokenKey(keys);
  const tenants = [{ tenant, version: tokenKeyVersion, publicKey: fromBase64url(tokenPublicKey) }];
  const groupOperations = await sodiumGroup();
  const nodes = await Promise.all(
    Array.from({ length: 2 * threshold - 1 }, async (_, place) => {
      const realmId = toHex(random(16));
      const logKeys = keyPairOfSeed(new Secret(random(32)));
      const settings = {
        host: '127.0.0.1',
        port: 0,
        realmId,
        name: `Node ${place}`,
        pathPrefix: '/',
        limits,
        tenants,
        newDeviceGuessesPerHour: 1_000_000,
      };
      const deps = {
        clock,
        monotonic: clock,
        random,
        store: memoryStore(),
        groupOperations,
        logKeys,
        log: silentNodeLog,
      };
      return { realmId, logKeys, running: await startNode(settings, deps) };
    }),
  );

  const operatorSeed = new Secret(random(32));
  const operatorKey = keyPairOfSeed(operatorSeed).publicKey;
  const nodeSet: NodeSet = {
    id: 'test',
    epoch: 1,
    threshold,
    limits,
    tenant,
    nodes: nodes.map(({ realmId, logKeys, running }, place) => ({
      realmId,
      address: running.address,
      operator: `Operator ${place}`,
      name: `Node ${place}`,
      region: 'Test',
      logKey: toBase64url(logKeys.publicKey),
      hpkeKey: toBase64url(random(32)),
    })),
  };
  const signedNodeSet = signNodeSet(utf8(JSON.stringify(nodeSet)), operatorSeed);
  const sent: SmsMessage[] = [];
  const api = await startApi(
    {
      host: '127.0.0.1',
      port: 0,
      signedNodeSet,
      operatorKey,
      minimumClientVersion: '0.1.0',
      proofOfWorkBits: 4,
      trustProxy: false,
    },
    {
      clock,
      random,
      keys,
      sms: { send: async (message) => void sent.push(message) },
      database: await openEmbedded(null),
      log: pino({ level: 'silent' }),
    },
  );
  return {
    origin: api.url,
    clock,
    operatorKey,
    set: verifyNodeSet(signedNodeSet, operatorKey),
    token: (realmId, userId, binding) =>
      mintNodeToken(keys.tokenSeed, {
        tenant,
        version: tokenKeyVersion,
        userId,
        realmId,
        nowMs: clock.now(),
        lifetimeMs: 10 * 60_000,
        binding,
      }),
    addressOf: (node) => (nodes[node] as (typeof nodes)[0]).running.address,
    sent,
    async stop() {
      await Promise.all([api.close(), ...nodes.map(({ running }) => running.stop())]);
    },
  };
}
