import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, lengthPrefixed, uint64, utf8 } from '../../encoding/bytes.ts';
import { formatNodeUser, type NodeUser } from '../node-proof.ts';
import type { BucketName } from '../node-set.ts';

/** What was asked of a node, or happened to it, as far as one account is concerned. */
export const attemptOperations = [
  'guess',
  'proof',
  'register',
  'stage',
  'commit',
  'delete',
  'forget',
  'vouched',
  'arrive',
  'close',
  'activate',
  'clock',
  'restore',
  'wallet',
  'deal',
  'sign',
  'approve',
  'limits',
  'pay',
  'erase',
  'export',
  'unexport',
  'release',
] as const;
export type AttemptOperation = (typeof attemptOperations)[number];

/**
 * `done`: granted, stored or erased. `right`: the PIN was shown. `wrong`: its tag did not fit. `refused`: locked, or the
 * right PIN was missing; of many refusals alike one an hour is written down.
 */
export const attemptOutcomes = ['done', 'right', 'wrong', 'refused'] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** One thing a node did for or against an account. It carries no address. */
export interface AttemptEvent {
  readonly timeMs: number;
  /** The bucket the caller counted in; null for what happened to the node itself. */
  readonly bucket: BucketName | null;
  /** 32 bytes: RFC 7638 thumbprint of the device key, a hash of an official client's session id, or null as above. */
  readonly device: Uint8Array | null;
  readonly operation: AttemptOperation;
  readonly outcome: AttemptOutcome;
}

/** An event in its place in the chain. */
export interface AttemptEntry extends AttemptEvent {
  /** From 1, without gaps. */
  readonly sequence: number;
  /** Hash of the entry before it; of the first one, `firstLogHead`'s. 32 bytes. */
  readonly previousHash: Uint8Array;
}

/** Whose log at which node: two logs share no hash. */
export interface LogOwner {
  /** 16 bytes. */
  readonly realmId: Uint8Array;
  readonly user: NodeUser;
}

/** The end of a log: it commits to every entry before it. */
export interface LogHead {
  /** 0 for an empty log. */
  readonly sequence: number;
  /** 32 bytes. */
  readonly hash: Uint8Array;
}

/** How long a node keeps an entry. */
export const attemptLogKeptMs = 365 * 24 * 3_600_000;

/** The head of a log without entries. */
export function firstLogHead(owner: LogOwner): LogHead {
  const name = concatBytes(
    lengthPrefixed(utf8('hexkey/1 attempt-log')),
    lengthPrefixed(owner.realmId),
    lengthPrefixed(utf8(formatNodeUser(owner.user))),
  );
  return { sequence: 0, hash: sha256(name) };
}

/** SHA-256 over a fixed form of every member (docs/protocol/pin-node.md section 8). */
export function hashAttemptEntry(entry: AttemptEntry): Uint8Array {
  return sha256(
    concatBytes(
      lengthPrefixed(utf8('hexkey/1 attempt-entry')),
      uint64(entry.sequence),
      uint64(entry.timeMs),
      lengthPrefixed(utf8(entry.bucket ?? '')),
      lengthPrefixed(entry.device ?? new Uint8Array(0)),
      lengthPrefixed(utf8(entry.operation)),
      lengthPrefixed(utf8(entry.outcome)),
      lengthPrefixed(entry.previousHash),
    ),
  );
}
