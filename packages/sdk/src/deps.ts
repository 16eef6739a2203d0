import type { Clock, Random } from '@hexkey/protocol';
import type { PinHash } from './pin/pin-hash.ts';
import type { Engine } from './storage/engine.ts';
import type { Vault } from './storage/vault.ts';

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A signal that fires after that many milliseconds: `AbortSignal.timeout`, or one that a test fires. */
export type Timeout = (milliseconds: number) => AbortSignal;

/** Everything the client touches outside itself. */
export interface HexkeyDeps {
  /** Origin of the account API without a trailing slash, `https://hexkey.example`; relative node addresses resolve against it. */
  readonly origin: string;
  readonly fetch: Fetch;
  readonly timeout: Timeout;
  readonly clock: Clock;
  readonly random: Random;
  readonly engine: Engine;
  readonly vault: Vault;
  readonly pinHash: PinHash;
  /** Ed25519 public key of the operator, 32 bytes: signs the node set. Compiled in. */
  readonly operatorKey: Uint8Array;
  /** `NAME/VERSION`, for example `web/0.1.0`. */
  readonly clientVersion: string;
  /** What the list of devices shows about this one. */
  readonly device: { readonly name: string; readonly platform: 'web' | 'cli' };
  /** How long one node may take for one answer. */
  readonly nodeTimeoutMs: number;
  /** How long the account API may take for one answer. */
  readonly apiTimeoutMs: number;
  /** Runs work while no other page or process over the same vault runs such work: two first sets at once could split the nodes. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  /** Lets other work run between two steps of the proof of work. */
  readonly yieldToOthers: () => Promise<void>;
  /** Told of bugs in work nobody waits for. */
  readonly reportBug: (error: unknown) => void;
}
