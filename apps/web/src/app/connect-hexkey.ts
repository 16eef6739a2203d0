import { type Clock, fromHex } from '@hexkey/protocol';
import { createHexkey, type Hexkey } from '@hexkey/sdk';
import { indexedDbVault, startTrustedWorker, workerPinHash } from '@hexkey/sdk/browser';
import pinHashWorker from '@hexkey/sdk/pin-hash-worker?worker&url';
import { deviceName } from './device-name.ts';

/** The SDK over this browser. @param operatorKey hexadecimal; signs the list of PIN nodes */
export function connectHexkey(clock: Clock, operatorKey: string, version: string): Hexkey {
  return createHexkey({
    origin: location.origin,
    fetch: (url, init) => fetch(url, init),
    timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
    clock,
    random: (lengthBytes) => crypto.getRandomValues(new Uint8Array(lengthBytes)),
    engine: crypto.subtle,
    vault: indexedDbVault(),
    pinHash: workerPinHash(() => startTrustedWorker(pinHashWorker)),
    operatorKey: fromHex(operatorKey),
    clientVersion: `web/${version}`,
    device: { name: deviceName(navigator.userAgent), platform: 'web' },
    nodeTimeoutMs: 10_000,
    apiTimeoutMs: 15_000,
    // Web Locks: pages of one origin share them, and a page that ends lets go.
    alone: (work) => navigator.locks.request('hexkey/v1/first-pin', work),
    yieldToOthers: () => new Promise((resolve) => setTimeout(resolve)),
    reportBug: reportError,
  });
}
