import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { takeProcessLock } from '@hexkey/process-lock';
import type { Clock, Random } from '@hexkey/protocol';
import type { Address } from '@solana/kit';
import type { DevnetParts } from './devnet-parts.ts';
import { faucetLamports, faucetSigners, openFaucet } from './faucet/faucet.ts';
import { devnetServer, ledgerPath } from './http/devnet-server.ts';
import { subscriptionSockets } from './http/subscription-sockets.ts';
import { type DevnetKeys, openDevnetKeys } from './keys/devnet-keys.ts';
import { systemProgram } from './ledger/account.ts';
import { openLedger } from './ledger/ledger.ts';
import { type LedgerStore, sqliteLedgerStore } from './ledger/ledger-store.ts';
import { liteVirtualMachine } from './ledger/virtual-machine.ts';
import { blockhashes } from './slots/blockhashes.ts';
import { slotClock } from './slots/slot-clock.ts';
import { slotSignal, type Timer } from './slots/slot-signal.ts';
import { openSubscriptions } from './subscriptions/subscriptions.ts';

export interface DevnetSettings {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly dataFolder: string;
}

export interface DevnetDeps {
  readonly clock: Clock;
  readonly timer: Timer;
  readonly random: Random;
  readonly onBug: (error: unknown) => void;
}

export interface RunningDevnet {
  readonly port: number;
  /** For clients on this machine: JSON-RPC by HTTP and, under the same path, by WebSocket. */
  readonly rpcUrl: string;
  readonly webSocketUrl: string;
  readonly mint: Address;
  stop(): Promise<void>;
}

/**
 * Starts a devnet over its folder, or makes one there.
 *
 * @throws {LockHeldError} another process has the folder
 */
export async function startDevnet(settings: DevnetSettings, deps: DevnetDeps): Promise<RunningDevnet> {
  const { dataFolder } = settings;
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const unlock = takeProcessLock(join(dataFolder, 'devnet.lock'));
  try {
    const keys = openDevnetKeys(dataFolder, deps.random);
    const store = sqliteLedgerStore(dataFolder);
    const close = () => {
      store.close();
      unlock();
    };
    return await serve(await openParts(keys, store, deps.clock), settings, deps, close);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function openParts(keys: DevnetKeys, store: LedgerStore, clock: Clock): Promise<DevnetParts> {
  const signers = await faucetSigners(keys);
  if (store.mark() === null) {
    const { address } = signers.faucet;
    const funds = {
      lamports: faucetLamports,
      owner: systemProgram,
      executable: false,
      data: new Uint8Array(),
    };
    store.begin(new Map([[address, funds]]), { slot: 0, atMs: clock.now() });
  }
  const slots = slotClock(clock, store.mark());
  const hashes = blockhashes(keys.blockhash, slots);
  const machine = liteVirtualMachine();
  const ledger = openLedger({ store, machine, slots, blockhashes: hashes });
  const faucet = openFaucet(signers, { ledger, machine, store, slots, blockhashes: hashes });
  await faucet.prepare();
  return { slots, blockhashes: hashes, store, machine, ledger, faucet };
}

async function serve(
  parts: DevnetParts,
  { host, port: wantedPort }: DevnetSettings,
  { timer, onBug }: DevnetDeps,
  close: () => void,
): Promise<RunningDevnet> {
  const subscriptions = openSubscriptions(parts, slotSignal(parts.slots, timer));
  const sockets = subscriptionSockets(parts, subscriptions, onBug);
  const server = devnetServer({ parts, sockets, onBug });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wantedPort, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}${ledgerPath}`;
  return {
    port,
    rpcUrl: `http://${address}`,
    webSocketUrl: `ws://${address}`,
    mint: parts.faucet.mint,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await closed;
      close();
    },
  };
}
