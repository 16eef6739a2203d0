import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Clock,
  fromHex,
  type GuessLimits,
  type KeyPair,
  type Random,
  toHex,
  type VouchingNodes,
} from '@hexkey/protocol';
import { guardClock } from './clock/guarded-clock.ts';
import { noWitness, type RestoreWitness } from './clock/restore-witness.ts';
import type { GroupOperations } from './evaluation/group-operations.ts';
import { drainable } from './http/drainable.ts';
import { nodeServer } from './http/node-server.ts';
import { eraseSurface, moveSurface, pinSurface, walletSurface } from './http/surfaces.ts';
import type { NodeLog } from './log/node-log.ts';
import { metricsServer } from './metrics/metrics-server.ts';
import { noMetrics, prometheusMetrics, type ServiceState } from './metrics/node-metrics.ts';
import type { MoveTerms } from './operation.ts';
import type { PinStore } from './records/pin-store.ts';
import { nativeVerifyEd25519 } from './requester/native-ed25519.ts';
import { type TenantKey, tokenReader } from './requester/read-token.ts';
import { seenNonces } from './requester/seen-nonces.ts';
import { type WalletPart, walletDeps } from './wallet/wallet-deps.ts';

export interface NodeSettings {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** 32 lower-case hexadecimal digits. */
  readonly realmId: string;
  readonly name: string;
  /** Path of the node's public address, beginning and ending in `/`. */
  readonly pathPrefix: string;
  /** From the signed node set. */
  readonly limits: GuessLimits;
  /** From the signed node set. */
  readonly vouchingNodes: VouchingNodes;
  /** From the signed node set, and whose signature that is. */
  readonly moves: MoveTerms;
  readonly tenants: readonly TenantKey[];
  readonly newDeviceGuessesPerHour: number;
  /** Of the loopback port with metrics, 0 for a free one; without it nothing is counted. */
  readonly metricsPort?: number;
  /** Ten seconds, except in tests. */
  readonly requestTimeoutMs?: number;
}

export interface NodeDeps {
  readonly clock: Clock;
  /** Milliseconds since any moment, unmoved by a set clock. */
  readonly monotonic: Clock;
  readonly random: Random;
  /** Owned by the node from here on: `stop` closes it. */
  readonly store: PinStore;
  readonly groupOperations: GroupOperations;
  /** The node's log key; its public half is in the node set. */
  readonly logKeys: KeyPair;
  readonly log: NodeLog;
  /** Without it the node keeps PINs and no wallets. */
  readonly wallet?: WalletPart;
  /** Without one a restored database is not noticed. */
  readonly witness?: RestoreWitness;
}

export interface RunningNode {
  readonly port: number;
  /** For clients on this machine: `http://127.0.0.1:PORT/…/`, ending in `/`. */
  readonly address: string;
  /** `http://127.0.0.1:PORT/metrics`, or null. */
  readonly metricsAddress: string | null;
  /** Refuses new requests, finishes those that run, closes the store. */
  stop(): Promise<void>;
}

const loopback = '127.0.0.1';

/** Starts one PIN node. @throws when the port is taken */
export async function startNode(settings: NodeSettings, deps: NodeDeps): Promise<RunningNode> {
  const { log, store } = deps;
  const verify = nativeVerifyEd25519();
  const guardedClock = await guardClock({
    ...deps,
    witness: deps.witness ?? noWitness,
    onStopped: log.clockStopped,
    onRestored: log.restored,
  });
  const realmId = fromHex(settings.realmId);
  let draining = false;
  async function stateOf(): Promise<ServiceState> {
    if (draining) return 'draining';
    const stopped = await guardedClock.stopped();
    return stopped === null ? 'serving' : `clock-${stopped}`;
  }
  const metrics = settings.metricsPort === undefined ? noMetrics : prometheusMetrics(stateOf);
  const operations = {
    store,
    verify,
    realmId,
    groupOperations: deps.groupOperations,
    random: deps.random,
    logKeys: deps.logKeys,
    limits: settings.limits,
    vouchingNodes: settings.vouchingNodes,
    moves: settings.moves,
    newDeviceGuessesPerHour: settings.newDeviceGuessesPerHour,
  };
  const wallets = deps.wallet === undefined ? null : walletDeps(operations, deps.wallet);
  const server = nodeServer({
    log,
    guardedClock,
    verify,
    realmId,
    pins: pinSurface(operations),
    moves: moveSurface(operations, wallets),
    erasing: eraseSurface(operations),
    wallets: wallets && walletSurface(wallets),
    name: settings.name,
    pathPrefix: settings.pathPrefix,
    readToken: tokenReader(settings.tenants, verify),
    nonces: seenNonces(),
    tokenlessNonces: seenNonces(),
    isDraining: () => draining,
    stateOf,
    metrics,
    requestTimeoutMs: settings.requestTimeoutMs ?? 10_000,
  });
  const drain = drainable(server);
  const port = await listen(server, settings.port, settings.host);
  const counts = settings.metricsPort === undefined ? null : metricsServer(metrics, log.failed);
  const metricsPort = counts && (await listen(counts, settings.metricsPort ?? 0, loopback));
  log.listening({ host: settings.host, port, metricsPort, realmId: toHex(realmId) });

  return {
    port,
    address: `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}${settings.pathPrefix}`,
    metricsAddress: metricsPort === null ? null : `http://${loopback}:${metricsPort}/metrics`,
    async stop() {
      if (draining) return;
      draining = true;
      log.draining();
      await drain();
      counts?.close();
      counts?.closeAllConnections();
      await store.close();
      log.stopped();
    },
  };
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}
