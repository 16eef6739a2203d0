import type { AddressInfo } from 'node:net';
import { type Clock, fromHex, type GuessLimits, type KeyPair, type Random, toHex } from '@hexkey/protocol';
import { guardClock } from './clock/guarded-clock.ts';
import type { GroupOperations } from './evaluation/group-operations.ts';
import { drainable } from './http/drainable.ts';
import { nodeServer } from './http/node-server.ts';
import type { NodeLog } from './log/node-log.ts';
import type { PinStore } from './records/pin-store.ts';
import { nativeVerifyEd25519 } from './requester/native-ed25519.ts';
import { type TenantKey, tokenReader } from './requester/read-token.ts';
import { seenNonces } from './requester/seen-nonces.ts';

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
  readonly tenants: readonly TenantKey[];
  readonly newDeviceGuessesPerHour: number;
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
}

export interface RunningNode {
  readonly port: number;
  /** For clients on this machine: `http://127.0.0.1:PORT/…/`, ending in `/`. */
  readonly address: string;
  /** Refuses new requests, finishes those that run, closes the store. */
  stop(): Promise<void>;
}

/** Starts one PIN node. @throws when the port is taken */
export async function startNode(settings: NodeSettings, deps: NodeDeps): Promise<RunningNode> {
  const { log, store } = deps;
  const verify = nativeVerifyEd25519();
  const guardedClock = await guardClock({ ...deps, onStopped: log.clockStopped });
  const realmId = fromHex(settings.realmId);
  let draining = false;
  const server = nodeServer({
    store,
    log,
    guardedClock,
    verify,
    realmId,
    groupOperations: deps.groupOperations,
    random: deps.random,
    logKeys: deps.logKeys,
    limits: settings.limits,
    newDeviceGuessesPerHour: settings.newDeviceGuessesPerHour,
    name: settings.name,
    pathPrefix: settings.pathPrefix,
    readToken: tokenReader(settings.tenants, verify),
    nonces: seenNonces(),
    isDraining: () => draining,
    requestTimeoutMs: settings.requestTimeoutMs ?? 10_000,
  });
  const drain = drainable(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  log.listening({ host: settings.host, port, realmId: toHex(realmId) });

  return {
    port,
    address: `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}${settings.pathPrefix}`,
    async stop() {
      if (draining) return;
      draining = true;
      log.draining();
      await drain();
      await store.close();
      log.stopped();
    },
  };
}
