import { createHash, webcrypto } from 'node:crypto';
import { Secret } from '@hexkey/protocol';
import { seededRandom } from '@hexkey/testing';
import { createHexkey, type HexkeyClient } from '../create-hexkey.ts';
import type { Fetch, HexkeyDeps } from '../deps.ts';
import type { PinHash } from '../pin/pin-hash.ts';
import { memoryVault } from '../storage/memory-vault.ts';
import type { TestNetwork } from './network.ts';
import { waitWhile } from './test-socket-link.ts';

/** A hash of the right form that costs nothing. */
export const cheapPinHash: PinHash = async (password, salt) =>
  new Secret(Uint8Array.from(createHash('sha512').update(password.reveal()).update(salt).digest()));

let clients = 0;

/** A client on a device of its own, unless `given` says otherwise. Bugs in its background work fail the test. */
export function testClient(network: TestNetwork, given: Partial<HexkeyDeps> = {}): HexkeyClient {
  clients += 1;
  return createHexkey({
    origin: network.origin,
    fetch,
    // Real time is not part of these tests: what should run out of time is made to.
    timeout: () => new AbortController().signal,
    clock: network.clock,
    random: seededRandom(`client ${clients}`),
    engine: webcrypto.subtle as HexkeyDeps['engine'],
    vault: memoryVault(),
    pinHash: cheapPinHash,
    operatorKey: network.operatorKey,
    clientVersion: 'test/0.1.0',
    device: { name: 'Test device', platform: 'cli' },
    nodeTimeoutMs: 10_000,
    apiTimeoutMs: 30_000,
    alone: (work) => work(),
    wait: waitWhile(network),
    yieldToOthers: async () => undefined,
    reportBug: (error) => {
      throw error;
    },
    ...given,
  });
}

export const pinOf = (digits: string) => new Secret(digits);
export const noProgress = () => undefined;

/** Network faults between a client and the parts it talks to. */
export interface FaultyFetch {
  readonly fetch: Fetch;
  /** Addresses that refuse connections. */
  readonly dead: Set<string>;
  /** Addresses that take requests and answer nothing until `release`. */
  readonly silent: Set<string>;
  /** URL and body of each request that went out. */
  readonly requests: { readonly url: string; readonly body: Uint8Array }[];
}

export function faultyFetch(): FaultyFetch {
  const dead = new Set<string>();
  const silent = new Set<string>();
  const requests: FaultyFetch['requests'] = [];
  const isAmong = (addresses: Set<string>, url: string) =>
    [...addresses].some((address) => url.startsWith(address));
  return {
    dead,
    silent,
    requests,
    async fetch(url, init) {
      requests.push({ url, body: (init.body as Uint8Array | undefined) ?? new Uint8Array() });
      if (isAmong(dead, url)) throw new TypeError('fetch failed');
      if (isAmong(silent, url))
        return new Promise((_, reject) =>
          init.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
        );
      return fetch(url, init);
    },
  };
}
