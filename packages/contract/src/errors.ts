/**
 * `unknown`: no such Hexkey ID. `official`: Team Hexkey. `blocked`: the owner blocks them. `not-your-contact`: the owner has not
 * added them. `not-added-back`: they have not added the owner. `no-device`: none of their devices can receive a code.
 */
export type RecoveryContactProblem =
  | 'unknown'
  | 'yourself'
  | 'official'
  | 'blocked'
  | 'deleted'
  | 'not-your-contact'
  | 'not-added-back'
  | 'no-device';

/**
 * What each refusal tells its caller. Details cross the wire, so never secrets.
 * Numbers are permanent and never reused (product specification, section 8).
 */
export interface ErrorDetails {
  SessionEnded: Record<never, never>;
  Forbidden: { reason: 'session-locked' | 'pin-auth' | 'pin-not-set' | 'not-allowed' };
  NotFound: {
    what:
      | 'route'
      | 'account'
      | 'challenge'
      | 'device'
      | 'person'
      | 'contact-login'
      | 'device-link'
      | 'group'
      | 'chat'
      | 'message'
      | 'invite'
      | 'join-request'
      | 'wallet'
      | 'transfer'
      | 'ticket';
  };
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
  /**
   * Why somebody cannot be the recovery contact. Only an owner who has shown the PIN is told; a login through the contact
   * always hears `unknown`.
   */
  InvalidRecoveryContact: { reason: RecoveryContactProblem };
  NoRecoveryMethod: Record<never, never>;
  /** A recovery contact needs a phone number first. */
  PhoneNeeded: Record<never, never>;
  /** What was rehearsed leads into an account, and it is not this one. */
  DrillElsewhere: Record<never, never>;
  /** A message is changed within 15 minutes, or not at all. Client only. */
  EditTooLate: Record<never, never>;
  /** The most that an attachment may hold, before it is sealed. */
  AttachmentTooLarge: { limitBytes: number };
  /** Every device took it, its time is over, or it was taken back: the server has it no more. */
  AttachmentGone: Record<never, never>;
  /** What the account has at the server for others to fetch would be more than this. */
  AttachmentSpaceFull: { limitBytes: number };
  /** A rehearsal got in, and the account shard does not come with it. */
  DrillWithoutShard: Record<never, never>;
  /** No rehearsal is open, or none that got in. */
  DrillEnded: Record<never, never>;
  /** There is none to view or to remove. */
  NoRecoveryContact: Record<never, never>;
  /** Not somebody to add or to block. */
  NotAPerson: { reason: 'yourself' | 'official' | 'deleted' };
  /** The list is full. */
  TooManyContacts: { max: number };
  PinAlreadySet: Record<never, never>;
  PinLocked: { retryAfterMs: number };
  NodesUnavailable: { reachable: number; needed: number };
  NodeSetMismatch: Record<never, never>;
  /** The PIN is on the newest node set already. */
  NoNodeSetChange: Record<never, never>;
  /** Nodes of the new set do not take the PIN: they serve a record of the account, or too many moves to them were interrupted. */
  MoveRefused: Record<never, never>;
  /** Nodes hold shares of a wallet whose making was interrupted. */
  WalletStaysBehind: Record<never, never>;
  /** This device cannot pay without the account server: it has not kept the nodes, its part of the wallet, or the words, under the PIN that was entered. */
  ServerNeeded: { missing: 'node-set' | 'wallet' | 'words' };
  /** The wallet's key may leave from then on: PIN nodes count seven days. */
  ExportTooEarly: { fromMs: number };
  /** No export of the wallet's key was begun on this device, or it was cancelled, or its time is over. */
  NoExport: Record<never, never>;
  PinRecordMissing: Record<never, never>;
  PinSetInterrupted: Record<never, never>;
  OnlyCopyOfWords: Record<never, never>;
  InvalidPhrase: { problem: 'length' | 'unknown-word' | 'checksum'; wordIndex: number | null };
  WeakPin: Record<never, never>;
  /** The PIN was typed too long ago for this flow. */
  PinNeededAgain: Record<never, never>;
  /** What was typed are not the words that were shown. */
  WordsDiffer: { wordIndex: number };
  /** What was scanned or pasted is no code of a new device. */
  NotALinkCode: Record<never, never>;
  /** What came for a new device was not sealed by whoever saw its code. */
  LinkNotGenuine: Record<never, never>;
  Offline: Record<never, never>;
  /** A device ends the others; itself it logs out. */
  ThisDevice: Record<never, never>;
  /** Only a client that keeps its keys in files knows `exposed` (others may read them), `in-use` (by another process) and `damaged`. */
  StorageUnavailable: { problem: 'quota' | 'blocked' | 'exposed' | 'in-use' | 'damaged' };
  /** Enough PIN nodes answer, but not all: nothing was done. `needed` is their number. */
  SomeNodesAway: { reachable: number; needed: number };
  /** Another device has replaced S_pin; what is sealed here opens no more. */
  SecretReplaced: Record<never, never>;
  /** The pair has a direct conversation, or the id is taken; `groupId` names the one that is there. */
  GroupExists: { groupId: string };
  /** Somebody else's commit was faster: catch up, then make it again. `epoch` is the one that is there. */
  StaleEpoch: { epoch: number };
  /** The account, or this device of it, is not in the group. */
  NotAMember: Record<never, never>;
  /** The owner leaves others behind only after handing the group over. */
  OwnerMustHandOver: Record<never, never>;
  GroupFull: { max: number };
  /** Nothing can be sent in a conversation now; `obstacle` says why. */
  ChatClosed: {
    obstacle:
      | 'joining'
      | 'awaiting-readd'
      | 'unchecked'
      | 'left'
      | 'removed'
      | 'closed'
      | 'blocked'
      | 'security-code-changed'
      | 'deleted';
  };
  MessageTooLong: { maxBytes: number };
  /** None of the person's devices can take part in conversations yet. */
  NoDeviceToReach: Record<never, never>;
  /** Another device has replaced the device list since it was read; `version` is the one that is there. */
  StaleDeviceList: { version: number };
  /** This device has read no attempt log yet. */
  PinHistoryUnread: Record<never, never>;
  /** Amounts are decimal whole numbers of the smallest unit; `mint` null is SOL. */
  InsufficientBalance: { mint: string | null; needed: string; available: string };
  /** The person is gone; told by Hexkey ID only, never of an address. */
  AccountDeleted: Record<never, never>;
  /** The account is about to be deleted; to go on, its owner takes that back. */
  DeletionPending: { requestedAtMs: number; effectiveAtMs: number };
  /** This account has no wallet yet. */
  WalletMissing: Record<never, never>;
  /** This device may not transfer, raise limits or approve others yet. */
  DeviceOnHold: { untilMs: number };
  /** The code that was typed is not the one of the device that the server named. */
  DeviceCodeDiffers: Record<never, never>;
  /** `mint` null is SOL. `spent` of the last 24 hours; `freeAtMs` when as much is free again, null for more than a whole day's limit. */
  OverLimit: { mint: string | null; limit: string; spent: string; freeAtMs: number | null };
  /** `message`: not a transfer that nodes sign. `intent`: another message is bound to it. `bytes`: not the announced message, or other signed bytes. `nodes`: they refuse for a reason of theirs. `twin`: the same was just sent from another page. */
  TransferRefused: { reason: 'message' | 'intent' | 'bytes' | 'nodes' | 'twin' };
  /** Too many nodes sent what does not verify; by realm id. */
  NodeCheated: { realmIds: readonly string[] };
  /** The ledger will never take it any more: nothing was paid. */
  TransferExpired: Record<never, never>;
  /** The ledger took it and it failed; only the fee was paid. In the ledger's words. */
  TransferFailed: { reason: string };
  LedgerUnavailable: Record<never, never>;
  InvalidAddress: Record<never, never>;
  /** The first SOL payment to a new address must let its account stand. Decimal lamports. */
  FirstPaymentTooSmall: { leastLamports: string };
  /** The passkey was not shown, or is not good any more: the PIN is needed. */
  PasskeyRefused: Record<never, never>;
  /** An address is not signed by the identity that this device has pinned of the person. */
  SecurityCodeChanged: { hexkeyId: string };
  /** Support has closed the ticket: nothing is added to it any more. */
  TicketClosed: Record<never, never>;
  /**
   * A command of `hexkey-admin` over a network. `key`: not known, or removed. `challenge`: used, over, or of another server. `signature`:
   * not over this command, body and installation. `local-only`: for the local socket alone.
   */
  OperatorNotAdmitted: { reason: 'key' | 'challenge' | 'signature' | 'local-only' };
  /** The account came from another system and has no PIN here yet. `tool`: path of the page that moves it, at the web client's address. */
  PinUpgradeRequired: { tool: string };
  /** The old PIN of an imported account was wrong. */
  WrongLegacyPin: { attemptsLeft: number };
  /** The server has seen the old PIN: it cannot be the new one. */
  SameAsLegacyPin: Record<never, never>;
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
  GroupFull: { code: 20116, status: 409 },
  InsufficientBalance: { code: 20117, status: null },
  PinUpgradeRequired: { code: 20118, status: 403 },
  WrongPin: { code: 20119, status: 403 },
  PhoneNumberInUse: { code: 20122, status: 409 },
  CodeAskedTooOften: { code: 20129, status: 429 },
  InvalidRecoveryContact: { code: 20130, status: 403 },
  NoRecoveryMethod: { code: 20131, status: 409 },
  PinAlreadySet: { code: 20132, status: 409 },
  PinLocked: { code: 429, status: 429 },
  NodesUnavailable: { code: 20140, status: null },
  NodeSetMismatch: { code: 20141, status: null },
  NoNodeSetChange: { code: 20220, status: null },
  WalletStaysBehind: { code: 20221, status: null },
  MoveRefused: { code: 20222, status: null },
  ServerNeeded: { code: 20223, status: null },
  ExportTooEarly: { code: 20224, status: null },
  NoExport: { code: 20225, status: null },
  PinRecordMissing: { code: 20142, status: null },
  PinSetInterrupted: { code: 20143, status: null },
  OnlyCopyOfWords: { code: 20144, status: null },
  InvalidPhrase: { code: 20145, status: null },
  WeakPin: { code: 20146, status: null },
  Offline: { code: 20147, status: null },
  StorageUnavailable: { code: 20148, status: null },
  SomeNodesAway: { code: 20149, status: null },
  SecretReplaced: { code: 20150, status: null },
  ThisDevice: { code: 20155, status: 409 },
  PinHistoryUnread: { code: 20156, status: null },
  AccountDeleted: { code: 20160, status: 410 },
  PhoneNeeded: { code: 20170, status: 409 },
  NoRecoveryContact: { code: 20171, status: 404 },
  NotAPerson: { code: 20172, status: 409 },
  TooManyContacts: { code: 20173, status: 409 },
  PinNeededAgain: { code: 20174, status: null },
  WordsDiffer: { code: 20175, status: null },
  NotALinkCode: { code: 20176, status: null },
  LinkNotGenuine: { code: 20177, status: null },
  GroupExists: { code: 20180, status: 409 },
  StaleEpoch: { code: 20181, status: 409 },
  NotAMember: { code: 20182, status: 403 },
  OwnerMustHandOver: { code: 20183, status: 409 },
  ChatClosed: { code: 20188, status: null },
  MessageTooLong: { code: 20189, status: null },
  NoDeviceToReach: { code: 20190, status: 409 },
  StaleDeviceList: { code: 20194, status: 409 },
  WalletMissing: { code: 20200, status: 409 },
  DeviceOnHold: { code: 20201, status: 403 },
  OverLimit: { code: 20202, status: 403 },
  TransferRefused: { code: 20203, status: 400 },
  NodeCheated: { code: 20204, status: null },
  TransferExpired: { code: 20205, status: null },
  TransferFailed: { code: 20206, status: null },
  LedgerUnavailable: { code: 20207, status: null },
  InvalidAddress: { code: 20208, status: null },
  PasskeyRefused: { code: 20209, status: null },
  SecurityCodeChanged: { code: 20210, status: null },
  DeviceCodeDiffers: { code: 20212, status: null },
  TicketClosed: { code: 20232, status: 409 },
  OperatorNotAdmitted: { code: 20226, status: 403 },
  WrongLegacyPin: { code: 20215, status: 403 },
  SameAsLegacyPin: { code: 20216, status: null },
  FirstPaymentTooSmall: { code: 20211, status: null },
  DeletionPending: { code: 20227, status: 409 },
  DrillElsewhere: { code: 20228, status: null },
  EditTooLate: { code: 20233, status: null },
  AttachmentTooLarge: { code: 20234, status: 413 },
  AttachmentGone: { code: 20235, status: 410 },
  AttachmentSpaceFull: { code: 20236, status: 409 },
  DrillWithoutShard: { code: 20229, status: null },
  DrillEnded: { code: 20230, status: 409 },
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
