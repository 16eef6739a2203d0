import { type Clock, type Random, Secret } from '@hexkey/protocol';
import { createHexkey, type HexkeyClient, type HexkeyDeps, memoryVault, type Socket } from '@hexkey/sdk';

/** What differs between a page and this process, and between two of their devices. */
export interface DeviceOrder {
  readonly origin: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly subtle: SubtleCrypto;
  readonly operatorKey: Uint8Array;
  readonly teamKey: Uint8Array;
  readonly openSocket: (url: string) => Socket;
}

export const pin = () => new Secret('271828');

/** A new device. Its PIN hash costs nothing: no PIN is typed while time is taken. */
export function recoveryDevice(order: DeviceOrder): HexkeyClient {
  const { subtle } = order;
  return createHexkey({
    origin: order.origin,
    fetch: (url, init) => fetch(url, init),
    timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
    clock: order.clock,
    random: order.random,
    engine: subtle as HexkeyDeps['engine'],
    vault: memoryVault(),
    pinHash: async (password, salt) => {
      const input = Uint8Array.from([...password.reveal(), ...salt]);
      return new Secret(new Uint8Array(await subtle.digest('SHA-512', input)));
    },
    operatorKey: order.operatorKey,
    clientVersion: 'bench/0.1.0',
    device: { name: 'Bench', platform: 'cli' },
    nodeTimeoutMs: 10_000,
    apiTimeoutMs: 15_000,
    alone: (work) => work(),
    socket: {
      teamKey: order.teamKey,
      open: order.openSocket,
      // A lost connection would spoil the figures: the benchmark then ends at its time limits.
      wait: (_milliseconds, signal) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
      alone: (_signal, work) => work(),
    },
    yieldToOthers: () => new Promise((resolve) => setTimeout(resolve)),
    reportBug: (error) => {
      throw error;
    },
  });
}
