import type { AddressInfo } from 'node:net';
import { type Clock, type Random, type SignedNodeSet, verifyNodeSet } from '@hexkey/protocol';
import type { Logger } from 'pino';
import { accountHandlers } from './accounts/accounts.route.ts';
import { migrate } from './database/migrate.ts';
import type { OpenDatabase } from './database/open-database.ts';
import { storesOf } from './database/stores.ts';
import { sweep } from './database/sweep.ts';
import { transactOn } from './database/transact.ts';
import type { Deps } from './deps.ts';
import { buildServer } from './http/build-server.ts';
import type { ServerKeys } from './keys/server-keys.ts';
import { logHandlers } from './logs/logs.route.ts';
import { nodeTokenHandlers } from './node-tokens/node-tokens.route.ts';
import { phoneVerificationHandlers } from './phone-verification/phone-verification.route.ts';
import type { SmsSender } from './phone-verification/sms-sender.ts';
import { pinHandlers } from './pin/pin.route.ts';
import { serverHandlers } from './server/server.route.ts';
import { sessionHandlers } from './sessions/sessions.route.ts';
import { framesOf } from './stack-frames.ts';

export interface ApiSettings {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly signedNodeSet: SignedNodeSet;
  /** Ed25519 public key that signs node sets, 32 bytes. */
  readonly operatorKey: Uint8Array;
  readonly minimumClientVersion: string;
  readonly proofOfWorkBits: number;
  /** Believe `X-Forwarded-For` of a front door on this machine. */
  readonly trustProxy: boolean;
}

export interface ApiDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly keys: ServerKeys;
  /** null: no SMS is sent, phone sign-up answers 10003. */
  readonly sms: SmsSender | null;
  /** Migrated at the start and closed at the end. */
  readonly database: OpenDatabase;
  readonly log: Logger;
}

export interface RunningApi {
  /** `http://HOST:PORT` */
  readonly url: string;
  /** Answers what is under way, then stops. */
  close(): Promise<void>;
}

const sweepEveryMs = 10 * 60_000;

/**
 * Wires stores, use cases and routes, and listens.
 * @throws {MalformedError} a node set that the operator did not sign
 */
export async function startApi(settings: ApiSettings, given: ApiDeps): Promise<RunningApi> {
  const { clock, database, log } = given;
  const nodeSet = verifyNodeSet(settings.signedNodeSet, settings.operatorKey);
  const applied = await migrate(database.db);
  if (applied.length > 0) log.info({ applied }, 'database migrated');
  const { minimumClientVersion, proofOfWorkBits } = settings;
  const stores = storesOf(database.db);
  const deps: Deps = {
    ...given,
    nodeSet,
    minimumClientVersion,
    proofOfWorkBits,
    stores,
    transact: transactOn(database.db),
  };
  const handlers = {
    ...serverHandlers(deps, settings.signedNodeSet),
    ...accountHandlers(deps),
    ...phoneVerificationHandlers(deps),
    ...sessionHandlers(deps),
    ...pinHandlers(deps),
    ...logHandlers(deps),
    ...nodeTokenHandlers(deps),
  };
  const server = await buildServer(deps, handlers, { log, trustProxy: settings.trustProxy });
  await server.listen({ host: settings.host, port: settings.port });
  const { port } = server.server.address() as AddressInfo;
  const sweeper = setInterval(() => {
    sweep(stores, clock.now()).catch((error: Error) =>
      log.error({ name: error.name, frames: framesOf(error) }, 'sweep failed'),
    );
  }, sweepEveryMs);
  const close = async () => {
    clearInterval(sweeper);
    await server.close();
    await database.close();
  };
  return { url: `http://${settings.host}:${port}`, close };
}
