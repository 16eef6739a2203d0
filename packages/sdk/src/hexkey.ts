import type { LogEntry, SessionView } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';

/** Where the owner stands: decides which screens may be shown. */
export type Place =
  | { readonly at: 'signed-out' }
  /** The account has no working PIN yet. `interrupted`: a first set reached some nodes; typing that PIN once more finishes it. */
  | { readonly at: 'set-pin'; readonly session: SessionView; readonly interrupted: boolean }
  /** A login that has not shown its PIN. */
  | { readonly at: 'enter-pin'; readonly session: SessionView }
  /** `changeInterrupted`: a PIN change begun here was not seen to end; the next PIN that is proven, old or new, ends it. */
  | { readonly at: 'home'; readonly session: SessionView; readonly changeInterrupted: boolean };

/** What a PIN operation is doing, in the order in which it happens. Shown as steps done of all. */
export type PinProgress =
  | { readonly step: 'connecting'; readonly done: number; readonly of: number }
  | { readonly step: 'exchanging'; readonly done: number; readonly of: number }
  | { readonly step: 'generating' }
  | { readonly step: 'registering' };

export type Words = Secret<readonly string[]>;

export interface PhoneVerification {
  readonly verificationId: string;
  readonly resendAtMs: number;
  readonly expiresAtMs: number;
}

export interface AccountView {
  readonly accountId: string;
  readonly hexkeyId: string;
  readonly name: string | null;
  readonly phoneMasked: string | null;
  readonly registeredWith: 'words' | 'phone';
  readonly createdAtMs: number;
  readonly pinSetAtMs: number;
}

export interface LogPage {
  readonly entries: readonly LogEntry[];
  readonly more: boolean;
}

/**
 * The whole client: what the web app and the CLI call. Every method rejects with a `DomainError` for an expected
 * refusal. PINs and words come in as `Secret`s and are dropped when the operation ends; nothing here caches them.
 */
export interface Hexkey {
  /** Where we are now; `start` reads the vault and asks the server once, then every operation keeps it true. */
  readonly place: Place;
  start(): Promise<Place>;
  /** Called after each change of `place`. @returns the unsubscriber */
  subscribe(listener: () => void): () => void;

  /** 13 new words: 12 from 16 random bytes, and the checksum word. No two alike. */
  newWords(): Words;
  /**
   * Checks words typed by a person, offline: 12, 13, 24 or 25 of them.
   * @throws {DomainError} `InvalidPhrase` with the index of the first wrong word
   */
  checkWords(words: Words): void;
  /** Keeps the entropy under this device's key before the first request, so that a closed tab loses nothing. */
  registerWithWords(words: Words): Promise<Place>;
  loginWithWords(words: Words): Promise<Place>;

  requestPhoneCode(
    phone: Secret<string>,
    purpose: 'register' | 'login',
    locale: 'en' | 'zh',
  ): Promise<PhoneVerification>;
  registerWithPhone(verificationId: string, code: Secret<string>): Promise<Place>;
  loginWithPhone(verificationId: string, code: Secret<string>): Promise<Place>;

  /** @throws {DomainError} `WeakPin` for two or fewer distinct digits or 123456; nothing is sent */
  checkNewPin(pin: Secret<string>): void;
  /**
   * Sets the first PIN, or finishes an interrupted set with the same digits. After a failure `place` says which of the two is next; a
   * retry passes the same `Secret` again.
   * @returns the account's words, offered to the owner at once
   * @throws {DomainError} `WeakPin`, `NodesUnavailable`, `NodeSetMismatch`, `PinAlreadySet` (by another device; `place` has moved on),
   * `WrongPin` and `PinLocked` (finishing), `PinSetInterrupted` when a PIN typed to finish found nothing to finish: `place.interrupted` is
   * then false, and a PIN is to be chosen anew
   */
  setPin(pin: Secret<string>, onProgress: (progress: PinProgress) => void): Promise<Words>;
  /**
   * Proves the PIN to the nodes, then to the server: the session becomes full and the account shard is at hand.
   * @throws {DomainError} `WrongPin` (attemptsLeft), `PinLocked` (retryAfterMs, also from the entry that locks), `NodesUnavailable` and
   * `Offline` (no new guess is counted for the same digits within 60 s), `NodeSetMismatch`, `PinRecordMissing`
   */
  unlock(pin: Secret<string>, onProgress: (progress: PinProgress) => void): Promise<Place>;
  /**
   * Puts a new PIN in the place of the old one, which stops working at once; the account and its words stay. After a failure
   * `place.changeInterrupted` says whether either PIN may work; a retry passes the same `Secret`s again.
   * @throws {DomainError} `WeakPin` before anything is sent; what `unlock` throws, about the old PIN
   */
  changePin(
    oldPin: Secret<string>,
    newPin: Secret<string>,
    onProgress: (progress: PinProgress) => void,
  ): Promise<void>;
  /** Proves the PIN for nothing else; ends an interrupted change with it. @throws {DomainError} what `unlock` throws */
  checkPin(pin: Secret<string>, onProgress: (progress: PinProgress) => void): Promise<void>;
  /** The words, for the PIN. */
  viewWords(pin: Secret<string>): Promise<Words>;

  account(): Promise<AccountView>;
  setName(name: string): Promise<void>;
  /** The account's log (home) or this session's own attempts (enter-pin), newest first. */
  logs(before?: string): Promise<LogPage>;

  /** Whether `switchAccount` and `logOut` would lose the only copy of the entropy, and so are refused. */
  holdsOnlyCopyOfWords(): Promise<boolean>;
  /** Drops this session without the PIN. @throws {DomainError} `OnlyCopyOfWords` */
  switchAccount(): Promise<void>;
  /** @throws {DomainError} `NoRecoveryMethod`, `OnlyCopyOfWords`, and what `unlock` throws */
  logOut(pin: Secret<string>): Promise<void>;
}
