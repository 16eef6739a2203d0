import type { AttemptEntry } from '../attempt-log/attempt-entry.ts';
import type { SignedLogHead } from '../attempt-log/sign-head.ts';
import type { BucketName } from '../node-set.ts';
import type { VouchedRecord, Voucher } from '../voucher.ts';
import type { OprfSignedPublicKey } from './registration.ts';
import type { RightPinMark } from './right-pin-mark.ts';

/** What is left of the caller's budget, told to requests with a device proof only. */
export interface Budget {
  readonly bucket: BucketName;
  /** Guesses allowed in one rolling window, and how many of them are spent. */
  readonly limit: number;
  readonly spent: number;
  readonly lockedUntilMs: number | null;
}

/** A version a node holds, and the node set its record was made for (null: by an official client). */
export interface HeldVersion {
  readonly version: Uint8Array;
  readonly state: 'committed' | 'staged';
  readonly nodeSetHash: Uint8Array | null;
}

/** Proof that one key made both the public key and the evaluation (DLEQ). Scalars, 32 bytes little-endian. */
export interface OprfProof {
  readonly c: Uint8Array;
  readonly betaZ: Uint8Array;
}

export type Recover2Ok = {
  readonly kind: 'Recover2';
  readonly outcome: 'Ok';
  readonly oprfSignedPublicKey: OprfSignedPublicKey;
  readonly blindedResult: Uint8Array;
  readonly proof: OprfProof;
  readonly unlockKeyCommitment: Uint8Array;
  readonly numGuesses: number;
  readonly guessCount: number;
  readonly budget: Budget | null;
};

export type Recover3Ok = {
  readonly kind: 'Recover3';
  readonly outcome: 'Ok';
  readonly encryptionKeyScalarShare: Uint8Array;
  readonly encryptedSecret: Uint8Array;
  readonly encryptedSecretCommitment: Uint8Array;
  /** The mark this right PIN made; told to requests with a device proof only. */
  readonly rightPinMark?: RightPinMark;
};

export type BadUnlockKeyTag = {
  readonly kind: 'Recover3' | 'Commit';
  readonly outcome: 'BadUnlockKeyTag';
  readonly guessesRemaining: number;
  readonly budget: Budget | null;
};

export type Locked = {
  readonly kind: 'Recover2';
  readonly outcome: 'Locked';
  readonly bucket: BucketName;
  readonly retryAfterMs: number;
};

/** Entries after the one asked for, oldest first, at most `maxLogPage`; more follow when they do not reach the head. */
export type ReadLogOk = {
  readonly kind: 'ReadLog';
  readonly outcome: 'Ok';
  readonly entries: readonly AttemptEntry[];
  readonly head: SignedLogHead;
};

/** The node's word that the asking device showed it the PIN of its committed record. */
export type VouchOk = VouchedRecord &
  Omit<Voucher, 'realmId'> & { readonly kind: 'Vouch'; readonly outcome: 'Ok' };

/** An answer of a node with status 200 (docs/protocol/pin-node.md section 4, pin-network specification section 2). */
export type NodeAnswer =
  | { readonly kind: 'Register1' | 'Register2' | 'Delete'; readonly outcome: 'Ok' }
  | { readonly kind: 'Recover1'; readonly outcome: 'Ok'; readonly version: Uint8Array }
  | { readonly kind: 'Recover1'; readonly outcome: 'NotRegistered' | 'NoGuesses' }
  | Recover2Ok
  | Recover3Ok
  | BadUnlockKeyTag
  | Locked
  | {
      readonly kind: 'Recover2' | 'Recover3';
      readonly outcome: 'VersionMismatch' | 'NotRegistered' | 'NoGuesses';
    }
  | {
      readonly kind: 'ListVersions';
      readonly outcome: 'Ok';
      readonly versions: readonly HeldVersion[];
      readonly rightPinMark?: RightPinMark;
    }
  | { readonly kind: 'Stage'; readonly outcome: 'Ok' | 'ProofRequired' | 'Changed' }
  | { readonly kind: 'ForgetDevice'; readonly outcome: 'Ok' | 'ProofRequired' }
  | { readonly kind: 'Commit'; readonly outcome: 'Ok' | 'VersionMismatch' | 'ProofRequired' | 'Changed' }
  | ReadLogOk
  | VouchOk
  | { readonly kind: 'ReadLog' | 'Vouch'; readonly outcome: 'ProofRequired' };

type WithKind<A, K> = A extends { readonly kind: infer AnswerKind }
  ? K extends AnswerKind
    ? A
    : never
  : never;

/** The answers that one kind of request can get. `Extract` would drop those that two kinds share. */
export type AnswerTo<K extends NodeAnswer['kind']> = WithKind<NodeAnswer, K>;
