import type { DeviceView, LogEntry } from '@hexkey/contract';
import type { Secret } from '@hexkey/protocol';
import type { PhoneVerification } from './account/phone-verification.ts';
import type { Words } from './account/words.ts';
import type { PinHistory } from './attempt-log/pin-history.ts';
import type { Chats } from './chats/chats.ts';
import type { ContactLogin } from './contact-login/contact-login.ts';
import type { AccountDeletion } from './deletion/account-deletion.ts';
import type { DeviceLinks } from './device-link/device-links.ts';
import type { Help } from './help/help.ts';
import type { PinNodes } from './node-status/pin-nodes.ts';
import type { People } from './people/people.ts';
import type { PinBudget } from './pin-notes/pin-budget.ts';
import type { PinProgress } from './pin-progress.ts';
import type { Place } from './place.ts';
import type { Privacy } from './privacy/privacy.ts';
import type { RecoveryKit } from './recovery-kit/recovery-kit.ts';
import type { Support } from './support/support.ts';
import type { TeamHexkey } from './team-hexkey/team-hexkey.ts';
import type { Wallet } from './wallet/wallet.ts';

export type { PinProgress } from './pin-progress.ts';

/** How a new PIN is put on the nodes. */
export interface NewPinOptions {
  /** Goes on with the nodes that answer, at least t, instead of refusing with `SomeNodesAway`. */
  readonly acceptFewerNodes?: boolean;
}

export interface UnlockOptions {
  /** Takes back that the account is to be deleted, where it is (`deletion.pending`). */
  readonly keepsAccount?: boolean;
}

export interface PinChangeOptions extends NewPinOptions {
  /** A new secret takes the place of the old one, and every other device is logged out. */
  readonly someoneKnew?: boolean;
}

export interface AccountView {
  readonly accountId: string;
  readonly hexkeyId: string;
  readonly name: string | null;
  readonly avatarId: string | null;
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
  readonly people: People;
  readonly privacy: Privacy;
  readonly recoveryKit: RecoveryKit;
  readonly contactLogin: ContactLogin;
  readonly deletion: AccountDeletion;
  readonly deviceLinks: DeviceLinks;
  readonly teamHexkey: TeamHexkey;
  readonly chats: Chats;
  readonly help: Help;
  readonly support: Support;
  readonly wallet: Wallet;

  /** Called after each change of `place` or `conversationPlace`, and when the PIN nodes' histories were read anew. @returns the unsubscriber */
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
  /** @throws {DomainError} `PinUpgradeRequired`: the code stays good for `loginWithLegacyPin` */
  loginWithPhone(verificationId: string, code: Secret<string>): Promise<Place>;
  /**
   * Lets the owner of an account in that came from another system, with the PIN or password it had there; `setPin` then sets a PIN of its
   * own, and ends what the old one was good for. Until that is done this may be repeated, on any device.
   * @throws {DomainError} `WrongLegacyPin`, `TooMany`, `PinAlreadySet` (log in instead), what `loginWithPhone` throws
   */
  loginWithLegacyPin(verificationId: string, code: Secret<string>, legacyPin: Secret<string>): Promise<Place>;

  /** @throws {DomainError} `WeakPin` for two or fewer distinct digits or 123456; nothing is sent */
  checkNewPin(pin: Secret<string>): void;
  /**
   * Sets the first PIN, or finishes an interrupted set with the same digits. After a failure `place` says which of the two is next; a
   * retry passes the same `Secret` again.
   * @returns the account's words, offered to the owner at once
   * @throws {DomainError} `WeakPin`, `SameAsLegacyPin`, `SomeNodesAway` (nothing was done), `NodesUnavailable`, `NodeSetMismatch`, `PinAlreadySet` (by another device; `place` has moved on),
   * `WrongPin` and `PinLocked` (finishing), `PinSetInterrupted` when a PIN typed to finish found nothing to finish: `place.interrupted` is
   * then false, and a PIN is to be chosen anew
   */
  setPin(
    pin: Secret<string>,
    onProgress: (progress: PinProgress) => void,
    options?: NewPinOptions,
  ): Promise<Words>;
  /**
   * Proves the PIN to the nodes, then to the server: the session becomes full and the account shard is at hand.
   * @throws {DomainError} `WrongPin` (attemptsLeft), `PinLocked` (retryAfterMs, also from the entry that locks), `NodesUnavailable` and
   * `Offline` (no new guess is counted for the same digits within 60 s), `NodeSetMismatch`, `PinRecordMissing`; `DeletionPending` without `keepsAccount`
   */
  unlock(
    pin: Secret<string>,
    onProgress: (progress: PinProgress) => void,
    options?: UnlockOptions,
  ): Promise<Place>;
  /**
   * Puts a new PIN in the place of the old one, which stops working at once; the account and its words stay. After a failure
   * `place.changeInterrupted` says whether either PIN may work; a retry passes the same `Secret`s again.
   * @throws {DomainError} `WeakPin` before anything is sent, `SomeNodesAway` before a guess is made; what `unlock` throws, about the old PIN
   */
  changePin(
    oldPin: Secret<string>,
    newPin: Secret<string>,
    onProgress: (progress: PinProgress) => void,
    options?: PinChangeOptions,
  ): Promise<void>;
  /**
   * Moves the PIN to the installation's newest node set, which `pinNodes` tells of as `next`; PIN, words and wallet address stay. It may stop
   * anywhere: the next PIN entry goes on with it.
   * @throws {DomainError} `NoNodeSetChange`; before a guess is made `SomeNodesAway` of the new nodes; of an account with a wallet `DeviceOnHold`, and `WalletStaysBehind` while one is being made; `MoveRefused`; what `unlock` throws
   */
  movePin(
    pin: Secret<string>,
    onProgress: (progress: PinProgress) => void,
    options?: NewPinOptions,
  ): Promise<void>;
  /** Proves the PIN for nothing else; ends an interrupted change with it. @throws {DomainError} what `unlock` throws */
  checkPin(pin: Secret<string>, onProgress: (progress: PinProgress) => void): Promise<void>;
  /** Whether the wallet asks for the PIN when it is opened now; `checkPin` answers it and moves the next check further away. */
  isCheckDue(): Promise<boolean>;
  /** What the nodes last said about wrong PINs in this login; null when that is not known (any more). */
  lastBudget(): Promise<PinBudget | null>;
  /**
   * Whether this device remembers that these digits are wrong. Costs no attempt, and asks the nodes only when they were wrong once.
   * @throws {DomainError} `InvalidField`, `Offline`, `NodesUnavailable`
   */
  wasPinTried(pin: Secret<string>): Promise<boolean>;
  /** How many wrong PINs this device remembers; the right one forgets them. */
  triedPinCount(): Promise<number>;
  forgetTriedPins(): Promise<void>;
  /** The PIN nodes of this account, each asked how it is. @throws {DomainError} `Offline`, `NodeSetMismatch` */
  pinNodes(): Promise<PinNodes>;
  /** The words, for the PIN. */
  viewWords(pin: Secret<string>): Promise<Words>;

  /**
   * Whether this device takes part in conversations. `pin-needed`: it does from the next PIN entry on. `none-free`: five other devices do;
   * one of them is to be ended.
   */
  conversationPlace(): Promise<'taken' | 'pin-needed' | 'none-free'>;

  account(): Promise<AccountView>;
  setName(name: string): Promise<void>;
  /** The account's log (home) or this session's own attempts (enter-pin), newest first. */
  logs(before?: string): Promise<LogPage>;

  /** What the PIN nodes wrote down about attempts, as this device last read and verified it: after each right PIN. Asks nobody. */
  pinHistory(): Promise<PinHistory>;
  /** Takes a warning away. One about a node's history accepts what the node tells now, and checks from there on. */
  dismissPinWarning(id: string): Promise<void>;
  /**
   * The history as a text that `auditPinHistory` verifies without a network. No secret is in it.
   * @throws {DomainError} `PinHistoryUnread`
   */
  exportPinHistory(): Promise<string>;
  /**
   * What the account server holds about the account, for the PIN, as JSON that a person can read.
   * @param onRead kinds of records that were read, of all
   * @throws {DomainError} `TooMany`, what `unlock` throws
   */
  exportAccount(
    pin: Secret<string>,
    onProgress: (progress: PinProgress) => void,
    onRead?: (done: number, of: number) => void,
  ): Promise<string>;
  /** Every device that is logged in to the account, this one first. */
  devices(): Promise<readonly DeviceView[]>;
  /**
   * Ends another device, for the PIN: it is logged out at once, and the PIN nodes forget it, those that are away now at a later PIN entry.
   * @throws {DomainError} `ThisDevice`, `NotFound` (device), what `unlock` throws
   */
  endDevice(sessionId: string, pin: Secret<string>): Promise<void>;
  /** Ends every device but this one, for the PIN. @throws {DomainError} what `unlock` throws */
  endOtherDevices(pin: Secret<string>): Promise<void>;

  /** Whether `switchAccount` and `logOut` would lose the only copy of the entropy, and so are refused. */
  holdsOnlyCopyOfWords(): Promise<boolean>;
  /** Drops this session without the PIN. @throws {DomainError} `OnlyCopyOfWords` */
  switchAccount(): Promise<void>;
  /** @throws {DomainError} `NoRecoveryMethod`, `OnlyCopyOfWords`, and what `unlock` throws */
  logOut(pin: Secret<string>): Promise<void>;
}
