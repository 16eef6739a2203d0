import type { BucketName } from '../node-set.ts';

/** Who asks, as the node has established it: no claim of a token and no field of a client can widen it. */
export interface Caller {
  /** A device key (`key:…`) or, at records of official clients, a session (`sid:…`). */
  readonly id: string;
  /** Whether a right PIN enrols this caller: a device that signed, or a session at a record made without a proof. */
  readonly enrollable: boolean;
  /** The account's registered login key signed this request too. */
  readonly hasWords: boolean;
}

export interface SpentGuess {
  readonly atMs: number;
  readonly bucket: BucketName;
  readonly caller: string;
  /** Names the request, so that its identical repeat is answered without a second spend. */
  readonly request: string;
}

export interface BucketLock {
  readonly bucket: BucketName;
  /** The locked device for `provenDevice`; null where the account has one bucket. */
  readonly caller: string | null;
  readonly untilMs: number;
}

export interface EnrolledDevice {
  readonly caller: string;
  readonly lastRightAtMs: number;
  /** Its first right PIN here since it counts as proven: a wallet trusts a device only after a while. */
  readonly enrolledAtMs: number;
  /** Guesses spent since the last right PIN. */
  readonly wrongInARow: number;
}

/** What a node remembers about the guesses against one account. A value: every change makes a new one. */
export interface ThrottleState {
  readonly guesses: readonly SpentGuess[];
  readonly locks: readonly BucketLock[];
  readonly devices: readonly EnrolledDevice[];
}

export const emptyThrottle: ThrottleState = { guesses: [], locks: [], devices: [] };

/** A device with so many wrong guesses in a row counts as new. */
export const demotionGuesses = 30;
/** How long an identical request counts as the same guess. */
export const repeatWindowMs = 60_000;
/** How long a right PIN allows its device to overwrite, stage, commit or delete. */
export const recentProofMs = 10 * 60_000;
/** More enrolled devices than this push out the one whose last right PIN is oldest: a record stays small. */
export const maxEnrolledDevices = 32;
