import type { AddressInfo } from 'node:net';
import type { LedgerInfo } from '@hexkey/contract';
import {
  type Clock,
  keyPairOfSeed,
  type Random,
  type SignedNodeSet,
  type VerifiedNodeSet,
  verifyNodeSetChain,
} from '@hexkey/protocol';
import type { Logger } from 'pino';
import { accountExportHandlers } from './account-export/account-export.route.ts';
import { accountHandlers } from './accounts/accounts.route.ts';
import { adminHandlers } from './admin/admin-handlers.ts';
import { serveAdmin } from './admin/serve-admin.ts';
import { serveOperators } from './admin/serve-operators.ts';
import { attachmentHandlers } from './attachments/attachments.route.ts';
import type { BlobStore } from './attachments/blob-store.ts';
import { sweepAttachments } from './attachments/sweep-attachments.ts';
import { avatarHandlers } from './avatars/avatars.route.ts';
import { captchaHandlers } from './captchas/captchas.route.ts';
import { contactLoginHandlers } from './contact-logins/contact-logins.route.ts';
import { migrate } from './database/migrate.ts';
import type { OpenDatabase } from './database/open-database.ts';
import { storesOf } from './database/stores.ts';
import { sweep } from './database/sweep.ts';
import { transactOn } from './database/transact.ts';
import { deletionHandlers } from './deletion/deletion.route.ts';
import { deletionJob } from './deletion/deletion-job.ts';
import type { NodePorts } from './deletion/deliver-orders.ts';
import type { Deps } from './deps.ts';
import { deviceLinkHandlers } from './device-links/device-links.route.ts';
import { deviceListHandlers } from './device-lists/device-lists.route.ts';
import { groupInviteHandlers } from './group-invites/group-invites.route.ts';
import { groupHandlers } from './groups/groups.route.ts';
import { helpHandlers } from './help/help.route.ts';
import { buildServer } from './http/build-server.ts';
import { runJobs } from './jobs/run-jobs.ts';
import { keyPackageHandlers } from './key-packages/key-packages.route.ts';
import type { ServerKeys } from './keys/server-keys.ts';
import { legacyAccountHandlers } from './legacy-accounts/legacy-accounts.route.ts';
import { linkedPhoneHandlers } from './linked-phone/linked-phone.route.ts';
import { logHeadsHandlers } from './log-heads/log-heads.route.ts';
import { logHandlers } from './logs/logs.route.ts';
import { nodeTokenHandlers } from './node-tokens/node-tokens.route.ts';
import { peopleHandlers } from './people/people.route.ts';
import { phoneVerificationHandlers } from './phone-verification/phone-verification.route.ts';
import type { SmsSender } from './phone-verification/sms-sender.ts';
import { pinHandlers } from './pin/pin.route.ts';
import { privacyHandlers } from './privacy/privacy.route.ts';
import { pushHandlers } from './push/push.route.ts';
import { knownPushHosts } from './push/push-endpoint.ts';
import { httpsPushPort, type PushPort } from './push/push-port.ts';
import { sendPushes } from './push/send-pushes.ts';
import { vapidKey } from './push/vapid.ts';
import { recoveryContactHandlers } from './recovery-contacts/recovery-contacts.route.ts';
import { tellOfLostContacts } from './recovery-contacts/tell-of-lost-contacts.ts';
import { recoveryKitHandlers } from './recovery-kit/recovery-kit.route.ts';
import { serverHandlers } from './server/server.route.ts';
import { sessionHandlers } from './sessions/sessions.route.ts';
import { defaultSocketTiming, deviceSockets, type SocketTiming } from './socket/device-sockets.ts';
import { framesOf } from './stack-frames.ts';
import { supportHandlers } from './support/support.route.ts';
import { teamHexkeyHandlers } from './team-hexkey/team-hexkey.route.ts';
import { transferHandlers } from './transfers/transfers.route.ts';
import { walletHandlers } from './wallets/wallets.route.ts';

export interface ApiSettings {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly signedNodeSet: SignedNodeSet;
  /** Those it follows, oldest first: accounts may still be on them. */
  readonly earlierNodeSets?: readonly SignedNodeSet[];
  /** Ed25519 public key that signs node sets, 32 bytes. */
  readonly operatorKey: Uint8Array;
  readonly minimumClientVersion: string;
  readonly proofOfWorkBits: number;
  /** Where clients find this installation; relative addresses of nodes are relative to it. */
  readonly publicUrl?: URL | null;
  /** What clients are told of the ledger; null: there is none. */
  readonly ledger?: LedgerInfo | null;
  /** Hosts of push services that are asked; absent: those of the browsers we know. */
  readonly pushHosts?: readonly string[];
  /** Believe `X-Forwarded-For` of a front door on this machine. */
  readonly trustProxy: boolean;
  /** Where `hexkey-admin` is served: a socket of this machine. Absent: nowhere. */
  readonly adminSocket?: string;
  /** Ten seconds for a hello and half a minute between pings, unless a test is in a hurry. */
  readonly socketTiming?: SocketTiming;
}

export interface ApiDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly keys: ServerKeys;
  /** null: no SMS is sent, phone sign-up answers 10003. */
  readonly sms: SmsSender | null;
  /** Migrated at the start and closed at the end. */
  readonly database: OpenDatabase;
  /** Where sealed attachments lie. */
  readonly blobs: BlobStore;
  readonly log: Logger;
  /** How nodes are told to erase deleted accounts: `fetch`, except in tests. */
  readonly fetch?: NodePorts['fetch'];
  /** How push services are asked: over HTTPS, except in tests. */
  readonly push?: PushPort;
}

export interface RunningApi {
  /** `http://HOST:PORT` */
  readonly url: string;
  /** Answers what is under way, then stops. */
  close(): Promise<void>;
}

const sweepEveryMs = 10 * 60_000;
const pushEveryMs = 5_000;

/**
 * Wires stores, use cases and routes, and listens.
 * @throws {MalformedError} a node set that the operator did not sign, or that does not follow the one before
 */
export async function startApi(settings: ApiSettings, given: ApiDeps): Promise<RunningApi> {
  const { clock, database, log } = given;
  const signedNodeSets = [...(settings.earlierNodeSets ?? []), settings.signedNodeSet];
  const nodeSets = verifyNodeSetChain(signedNodeSets, settings.operatorKey);
  const nodeSet = nodeSets.at(-1) as VerifiedNodeSet;
  const applied = await migrate(database.db);
  if (applied.length > 0) log.info({ applied }, 'database migrated');
  const { minimumClientVersion, proofOfWorkBits } = settings;
  const stores = storesOf(database.db);
  const sockets = deviceSockets(
    { ...given, stores, minimumClientVersion, transact: transactOn(database.db) },
    settings.socketTiming ?? defaultSocketTiming,
  );
  const deps: Deps = {
    ...given,
    nodeSet,
    nodeSets,
    minimumClientVersion,
    proofOfWorkBits,
    stores,
    teamKey: keyPairOfSeed(given.keys.teamSeed),
    transact: transactOn(database.db, sockets.wake),
  };
  const vapid = vapidKey(given.keys.pushSeed);
  const push = given.push ?? httpsPushPort(settings.pushHosts ?? knownPushHosts);
  const handlers = {
    ...serverHandlers(deps, signedNodeSets, settings.operatorKey, settings.ledger ?? null),
    ...accountHandlers(deps),
    ...accountExportHandlers(deps),
    ...phoneVerificationHandlers(deps),
    ...deletionHandlers(deps),
    ...sessionHandlers(deps),
    ...pinHandlers(deps),
    ...logHandlers(deps),
    ...logHeadsHandlers(deps),
    ...nodeTokenHandlers(deps),
    ...peopleHandlers(deps),
    ...avatarHandlers(deps),
    ...attachmentHandlers(deps),
    ...teamHexkeyHandlers(deps),
    ...recoveryContactHandlers(deps),
    ...contactLoginHandlers(deps),
    ...recoveryKitHandlers(deps),
    ...linkedPhoneHandlers(deps),
    ...captchaHandlers(deps),
    ...deviceLinkHandlers(deps),
    ...keyPackageHandlers(deps),
    ...groupHandlers(deps),
    ...groupInviteHandlers(deps),
    ...deviceListHandlers(deps),
    ...privacyHandlers(deps),
    ...pushHandlers(deps, vapid, push.hosts),
    ...walletHandlers(deps),
    ...transferHandlers(deps),
    ...helpHandlers(deps),
    ...legacyAccountHandlers(deps),
    ...supportHandlers(deps),
  };
  const server = await buildServer(deps, handlers, { log, trustProxy: settings.trustProxy });
  const nodes: NodePorts = {
    fetch: given.fetch ?? fetch,
    origin: settings.publicUrl?.origin ?? `http://${settings.host}:${settings.port}`,
  };
  let deleting: Promise<void> | null = null;
  const deletion = () => {
    deleting ??= deletionJob(deps, nodes).finally(() => {
      deleting = null;
    });
    return deleting;
  };
  const contact = settings.publicUrl?.href ?? 'https://localhost/';
  let pushing: Promise<unknown> | null = null;
  const wakeDevices = async () => {
    pushing ??= sendPushes({ ...deps, push, vapid, contact }).finally(() => {
      pushing = null;
    });
    await pushing;
  };
  const jobs = runJobs(
    [
      { name: 'push', everyMs: pushEveryMs, run: wakeDevices },
      { name: 'deletion', everyMs: sweepEveryMs, run: deletion },
      {
        name: 'sweep',
        everyMs: sweepEveryMs,
        async run() {
          await sweep(stores, clock.now());
          await deps.transact((inside) => tellOfLostContacts(deps, inside));
        },
      },
      { name: 'attachments', everyMs: sweepEveryMs, run: () => sweepAttachments(deps) },
    ],
    { clock, log },
  );
  const admin = adminHandlers({ ...deps, jobs });
  const urlOf = () => `http://${settings.host}:${(server.server.address() as AddressInfo).port}`;
  serveOperators(server, deps, admin, () => settings.publicUrl?.origin ?? urlOf());
  let adminServer: Awaited<ReturnType<typeof serveAdmin>> | null = null;
  const stopOwnWork = async () => {
    jobs.stop();
    await adminServer?.close();
  };
  try {
    // First: where another server has the socket, this one must not begin to serve.
    if (settings.adminSocket !== undefined)
      adminServer = await serveAdmin({ ...deps, jobs }, admin, settings.adminSocket, log);
    await server.listen({ host: settings.host, port: settings.port });
  } catch (error) {
    await stopOwnWork();
    throw error;
  }
  sockets.attach(server.server);
  // What fell due while no server ran.
  deletion().catch((error: Error) =>
    log.error({ job: 'deletion', name: error.name, frames: framesOf(error) }, 'a job failed'),
  );
  const close = async () => {
    await stopOwnWork();
    await Promise.allSettled([deleting, pushing]);
    await sockets.close();
    await server.close();
    await database.close();
  };
  return { url: urlOf(), close };
}
