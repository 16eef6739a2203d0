import type { HexkeyClient } from '@hexkey/sdk';
import type { Options } from './options.ts';
import type { Terminal } from './terminal.ts';

/** What a command has to say: the same for programs and for people. Holds no secret but words that were asked for. */
export interface Report {
  readonly value: unknown;
  readonly lines: readonly string[];
  /** What was asked was found out, and is not good: exit code 1. */
  readonly isBad?: boolean;
}

/** What a command works with. */
export interface Context {
  readonly hexkey: HexkeyClient;
  readonly terminal: Terminal;
  readonly parameters: readonly string[];
  readonly options: Options;
}

/** What a command works with that needs no account, but a network. */
export interface AloneContext {
  readonly terminal: Terminal;
  readonly parameters: readonly string[];
  readonly options: Options;
}

/** What a command works with that needs no account and no network. */
export interface OfflineContext {
  readonly parameters: readonly string[];
  /** The operator key that was given or that the profile trusts, 32 bytes. @throws {UsageError} neither */
  operatorKey(): Uint8Array;
}
