import { keyPairOfSeed, type Random, type SignedNodeSet, toHex } from '@hexkey/protocol';
import { type FixedClock, fixedClock, seededRandom } from '@hexkey/testing';
import { type KyselyPlugin, PostgresQueryCompiler } from 'kysely';
import { pino } from 'pino';
import type { BlobStore } from '../attachments/blob-store.ts';
import { memoryBlobs } from '../attachments/memory-blobs.ts';
import { storesOf } from '../database/stores.ts';
import { transactOn } from '../database/transact.ts';
import type { Deps } from '../deps.ts';
import { newServerKeys, type ServerKeys } from '../keys/server-keys.ts';
import { SmsFailedError, type SmsMessage } from '../phone-verification/sms-sender.ts';
import type { PushPort } from '../push/push-port.ts';
import type { SocketTiming } from '../socket/device-sockets.ts';
import { type RunningApi, startApi } from '../start-api.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';
import { testNodeSet } from './test-node-set.ts';

export interface TestApi extends RunningApi {
  readonly clock: FixedClock;
  readonly random: Random;
  readonly database: TestDatabase;
  readonly blobs: BlobStore;
  /** Every SMS that was "sent", oldest first. */
  readonly sent: SmsMessage[];
  /** Every log line. */
  readonly logged: string[];
  /** What deleting an account leaves: a tombstone of its Hexkey ID. */
  markDeleted(accountId: string): Promise<void>;
  hexkeyIdOf(accountId: string): Promise<string>;
  /** How many messages of Team Hexkey wait for a device. */
  waitingFor(sessionId: string): Promise<number>;
  readonly teamPublicKey: Uint8Array;
  readonly keys: ServerKeys;
  /** For use cases that are called directly, over the same database. */
  readonly deps: Pick<Deps, 'clock' | 'random' | 'teamKey' | 'stores' | 'transact' | 'blobs'>;
  /** Every statement the database was given, without its values. */
  readonly statements: readonly string[];
  /** Makes the SMS provider refuse. */
  failSms(fails: boolean): void;
}

export interface TestApiOptions {
  readonly withSms?: boolean;
  /** Where attachments lie; absent: in memory. */
  readonly blobs?: BlobStore;
  readonly socketTiming?: SocketTiming;
  /** A push service; absent: those of the browsers, which no test asks. */
  readonly push?: PushPort;
  /** Where `hexkey-admin` is served; absent: nowhere. */
  readonly adminSocket?: string;
  /** Another instance of the same server: over the same rows, with the same keys, at the same time. */
  readonly beside?: TestApi;
  /** Other node sets than the first one, oldest first. */
  readonly nodeSets?: readonly SignedNodeSet[];
}

/** The whole API in this process: real HTTP and database, with time, randomness and SMS in the test's hands. */
export async function startTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const { beside } = options;
  const clock = beside?.clock ?? fixedClock('2030-01-01T00:00:00Z');
  // Each instance beside it draws ids of its own.
  const random = seededRandom(beside === undefined ? 'api' : toHex(beside.random(16)));
  const sent: SmsMessage[] = beside?.sent ?? [];
  const logged: string[] = [];
  let fails = false;
  const sms = {
    async send(message: SmsMessage) {
      if (fails) throw new SmsFailedError('refused');
      sent.push(message);
    },
  };
  const keys = beside?.keys ?? newServerKeys(random);
  const teamKey = keyPairOfSeed(keys.teamSeed);
  const statements: string[] = [];
  const opened = beside === undefined ? await openTestDatabase() : beside.database.openAgain();
  const database = {
    openAgain: neverAgain,
    ...opened,
    db: opened.db.withPlugin(recordStatements(statements)),
  };
  const nodeSets = options.nodeSets ?? [testNodeSet.signedNodeSet];
  const blobs = options.blobs ?? beside?.blobs ?? memoryBlobs();
  const api = await startApi(
    {
      operatorKey: testNodeSet.operatorKey,
      signedNodeSet: nodeSets.at(-1) as SignedNodeSet,
      earlierNodeSets: nodeSets.slice(0, -1),
      host: '127.0.0.1',
      port: 0,
      minimumClientVersion: '0.1.0',
      proofOfWorkBits: 4,
      trustProxy: true,
      ...(options.adminSocket === undefined ? {} : { adminSocket: options.adminSocket }),
      ...(options.socketTiming === undefined ? {} : { socketTiming: options.socketTiming }),
    },
    {
      clock,
      random,
      keys,
      sms: options.withSms === false ? null : sms,
      database,
      blobs,
      ...(options.push === undefined ? {} : { push: options.push }),
      log: pino({ level: 'info' }, { write: (line) => void logged.push(line) }),
    },
  );
  const failSms = (value: boolean) => {
    fails = value;
  };
  const markDeleted = async (id: string) => {
    const update = database.db.updateTable('accounts').set({ deleted_at_ms: clock.now() });
    await update.where('id', '=', id).execute();
  };
  const hexkeyIdOf = async (id: string) => {
    const row = database.db.selectFrom('accounts').select('hexkey_id').where('id', '=', id);
    return (await row.executeTakeFirstOrThrow()).hexkey_id;
  };
  const waitingFor = async (sessionId: string) => {
    const rows = database.db.selectFrom('team_queue').select('id').where('session_id', '=', sessionId);
    return (await rows.execute()).length;
  };
  const deps = {
    clock,
    random,
    teamKey,
    stores: storesOf(database.db),
    transact: transactOn(database.db),
    blobs,
  };
  const teamPublicKey = teamKey.publicKey;
  return {
    ...api,
    deps,
    keys,
    teamPublicKey,
    waitingFor,
    markDeleted,
    hexkeyIdOf,
    clock,
    random,
    database,
    blobs,
    sent,
    logged,
    statements,
    failSms,
  };
}

function recordStatements(into: string[]): KyselyPlugin {
  const compiler = new PostgresQueryCompiler();
  return {
    transformQuery({ node, queryId }) {
      into.push(compiler.compileQuery(node, queryId).sql);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
}

function neverAgain(): never {
  throw new Error('start instances beside the first one');
}
