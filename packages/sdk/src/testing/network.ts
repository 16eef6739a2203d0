import { memoryBlobs, newServerKeys, publicTokenKey, type SmsMessage, startApi } from '@hexkey/api';
import { openTestDatabase, type TestDatabase } from '@hexkey/api/testing';
import { importAccount } from '@hexkey/api/testing/import-account';
import { memoryStore, type PinStore } from '@hexkey/pin-node';
import {
  approveNodeSet,
  fromBase64url,
  keyPairOfSeed,
  mintNodeToken,
  Secret,
  type SignedNodeSet,
  type TokenBinding,
  type VerifiedNodeSet,
} from '@hexkey/protocol';
import { type FixedClock, fixedClock, seededRandom } from '@hexkey/testing';
import { pino } from 'pino';
import { startNodes, type TestNodes } from './test-nodes.ts';

/** A real account server and real PIN nodes in this process. Time stands still until the clock is moved. */
export interface TestNetwork {
  readonly origin: string;
  readonly clock: FixedClock;
  readonly operatorKey: Uint8Array;
  /** Signs what Team Hexkey says. */
  readonly teamKey: Uint8Array;
  readonly set: VerifiedNodeSet;
  readonly document: SignedNodeSet;
  /** A token as the account server gives out. */
  token(realmId: string, accountId: string, binding: TokenBinding): string;
  /** Of a node, by its place in the set. */
  addressOf(node: number): string;
  /** Stops a node and starts it again at its address, over what its store holds after `change`. */
  restart(node: number, change: () => void): Promise<void>;
  /** What the server keeps. */
  readonly database: Pick<TestDatabase, 'db'>;
  /** Where its attachments lie. */
  readonly blobs: ReturnType<typeof memoryBlobs>;
  /** Brings an account in from another system. @returns what reads whether the hash of its old PIN is kept */
  importAccount(phone: string, hash: string): Promise<{ keepsHash(): Promise<boolean> }>;
  /** Every SMS that was "sent", oldest first. */
  readonly sent: SmsMessage[];
  /** From its stop on, clients that would try again wait for ever: they would keep the process of all other test files busy. */
  isStopped(): boolean;
  /** Nodes of a set that follows the last one, by the word of so many of its nodes. The server tells of it once it `serves` it. */
  addSet(threshold: number, openStore?: (node: number) => PinStore | Promise<PinStore>): Promise<TestNodes>;
  /** Restarts the server with these sets, oldest first; they need not be a chain that anybody believes. */
  serves(documents: readonly SignedNodeSet[]): Promise<void>;
  /** From then on there is no account server, but nodes. */
  stopServer(): Promise<void>;
  stop(): Promise<void>;
}

const day = 24 * 60 * 60_000;
const limits = {
  provenDevice: { attempts: 5, windowMs: day },
  words: { attempts: 10, windowMs: 7 * day },
  newDevice: { attempts: 10, windowMs: 7 * day },
};

/**
 * @param threshold t; there are 2t-1 nodes
 * @param clock moved by the test; near the real time for clients in processes of their own
 * @param openStore of a node, by its place in the set; again after each restart
 */
export async function startNetwork(
  threshold: number,
  clock: FixedClock = fixedClock('2030-01-01T00:00:00Z'),
  openStore: (node: number) => PinStore | Promise<PinStore> = memoryStore,
): Promise<TestNetwork> {
  const random = seededRandom(`network of ${threshold}`);
  const keys = newServerKeys(random);
  const { tenant, tokenKeyVersion, tokenPublicKey } = publicTokenKey(keys);
  const tenants = [{ tenant, version: tokenKeyVersion, publicKey: fromBase64url(tokenPublicKey) }];
  const operatorSeed = new Secret(random(32));
  const operatorKey = keyPairOfSeed(operatorSeed).publicKey;
  const termsOf = (t: number, epoch: number) => ({ id: 'test', epoch, threshold: t, limits, tenant });
  const deps = { clock, random };
  const first = await startNodes(termsOf(threshold, 1), tenants, operatorSeed, deps, openStore);
  const sets = [first];
  const sent: SmsMessage[] = [];
  let isStopped = false;
  const database = await openTestDatabase();
  const blobs = memoryBlobs();
  const serve = (documents: readonly SignedNodeSet[], port: number) =>
    startApi(
      {
        host: '127.0.0.1',
        port,
        signedNodeSet: documents.at(-1) as SignedNodeSet,
        earlierNodeSets: documents.slice(0, -1),
        operatorKey,
        minimumClientVersion: '0.1.0',
        socketTiming: { helloTimeoutMs: 10_000, beatMs: 2000 },
        proofOfWorkBits: 4,
        trustProxy: false,
      },
      {
        clock,
        random,
        keys,
        sms: { send: async (message) => void sent.push(message) },
        database: { db: database.db, close: async () => undefined },
        blobs,
        log: pino({ level: 'silent' }),
      },
    );
  let api: Awaited<ReturnType<typeof serve>> | null = await serve([first.document], 0);
  const { url } = api;
  const stopServer = async () => {
    await api?.close();
    api = null;
  };
  return {
    origin: url,
    clock,
    operatorKey,
    teamKey: keyPairOfSeed(keys.teamSeed).publicKey,
    set: first.set,
    document: first.document,
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
    addressOf: first.addressOf,
    restart: first.restart,
    importAccount: (phone, hash) => importAccount({ db: database.db, keys, clock, random }, phone, hash),
    database,
    blobs,
    sent,
    isStopped: () => isStopped,
    async addSet(t, openNext = memoryStore) {
      const before = sets.at(-1) as TestNodes;
      const terms = termsOf(t, before.set.nodeSet.epoch + 1);
      const nodes = await startNodes(terms, tenants, operatorSeed, deps, openNext);
      const approving = before.logKeys.slice(0, before.set.nodeSet.threshold);
      const approvals = approving.map((logKeys) => approveNodeSet(before.set, nodes.set, logKeys));
      const next = { ...nodes, document: { ...nodes.document, approvals } };
      sets.push(next);
      return next;
    },
    async serves(documents) {
      await stopServer();
      api = await serve(documents, Number(new URL(url).port));
    },
    stopServer,
    async stop() {
      isStopped = true;
      await Promise.all([stopServer(), ...sets.map((nodes) => nodes.stop())]);
      await database.close();
    },
  };
}
