/**
 * What each refusal tells its caller. Details cross the wire, so never secrets.
 * Numbers are permanent and never reused (product specification, section 8).
 */
export interface ErrorDetails {
  SessionEnded: Record<never, never>;
  Forbidden: { reason: 'session-locked' | 'pin-auth' | 'pin-not-set' | 'not-allowed' };
  NotFound: { what: 'route' | 'account' | 'challenge' };
  TooMany: { retryAfterMs: number };
  Internal: Record<never, never>;
  /** A part of the server is starting, draining or down. Whether the request was carried out is not known. */
  Unavailable: { retryAfterMs: number };
  InvalidField: { field: string; problem: string };
  SmsNotDelivered: Record<never, never>;
  CaptchaWrong: Record<never, never>;
  CaptchaNeeded: Record<never, never>;
  UpdateRequired: { minimumVersion: string };
  ClockSkewed: { serverTimeMs: number };
  InvalidPhoneNumber: Record<never, never>;
  WrongCode: { triesLeft: number };
  ExpiredCode: Record<never, never>;
  WrongPin: { attemptsLeft: number };
  PhoneNumberInUse: Record<never, never>;
  CodeAskedTooOften: { retryAfterMs: number };
  NoRecoveryMethod: Record<never, never>;
  PinAlreadySet: Record<never, never>;
  PinLocked: { retryAfterMs: number };
  NodesUnavailable: { reachable: number; needed: number };
  NodeSetMismatch: Record<never, never>;
  PinRecordMissing: Record<never, never>;
  PinSetInterrupted: Record<never, never>;
  OnlyCopyOfWords: Record<never, never>;
  InvalidPhrase: { problem: 'length' | 'unknown-word' | 'checksum'; wordIndex: number | null };
  WeakPin: Record<never, never>;
  Offline: Record<never, never>;
  StorageUnavailable: { problem: 'quota' | 'blocked' };
}
export type ErrorName = keyof ErrorDetails;

interface ErrorEntry {
  /** Permanent; shown to people and quoted to support. */
  readonly code: number;
  /** HTTP status, or null for refusals that only a client makes. */
  readonly status: number | null;
}

/**
 * The one table of codes. 429 is a number of its own on purpose: `TooMany` and `PinLocked` mean the same to a caller
 * (wait `retryAfterMs`), so they share it; every other number has one name.
 */
export const errorTable = {
  SessionEnded: { code: 401, status: 401 },
  Forbidden: { code: 403, status: 403 },
  NotFound: { code: 404, status: 404 },
  TooMany: { code: 429, status: 429 },
  Internal: { code: 500, status: 500 },
  InvalidField: { code: 10002, status: 400 },
  SmsNotDelivered: { code: 10003, status: 503 },
  CaptchaWrong: { code: 10004, status: 403 },
  CaptchaNeeded: { code: 10005, status: 403 },
  UpdateRequired: { code: 10006, status: 426 },
  ClockSkewed: { code: 10007, status: 401 },
  Unavailable: { code: 10008, status: 503 },
  InvalidPhoneNumber: { code: 20110, status: 400 },
  WrongCode: { code: 20113, status: 403 },
  ExpiredCode: { code: 20114, status: 403 },
  // 20116 group full, 20117 insufficient balance, 20118 PIN must be upgraded, 20130 invalid recovery contact and
  // 20160 account deleted are taken; they join the table with the features that raise them.
  WrongPin: { code: 20119, status: 403 },
  PhoneNumberInUse: { code: 20122, status: 409 },
  CodeAskedTooOften: { code: 20129, status: 429 },
  NoRecoveryMethod: { code: 20131, status: 409 },
  PinAlreadySet: { code: 20132, status: 409 },
  PinLocked: { code: 429, status: 429 },
  NodesUnavailable: { code: 20140, status: null },
  NodeSetMismatch: { code: 20141, status: null },
  PinRecordMissing: { code: 20142, status: null },
  PinSetInterrupted: { code: 20143, status: null },
  OnlyCopyOfWords: { code: 20144, status: null },
  InvalidPhrase: { code: 20145, status: null },
  WeakPin: { code: 20146, status: null },
  Offline: { code: 20147, status: null },
  StorageUnavailable: { code: 20148, status: null },
} as const satisfies Record<ErrorName, ErrorEntry>;

/** An expected refusal, on either side of the wire. Any other thrown value is a bug. */
export class DomainError<N extends ErrorName = ErrorName> extends Error {
  override readonly name: N;
  readonly details: ErrorDetails[N];
  constructor(name: N, details: ErrorDetails[N]) {
    super(name);
    this.name = name;
    this.details = details;
  }
  get code(): number {
    return errorTable[this.name].code;
  }
}

/** Narrows a caught value to one refusal, with its details. */
export function isDomainError<N extends ErrorName>(error: unknown, name: N): error is DomainError<N> {
  return error instanceof DomainError && error.name === name;
}
