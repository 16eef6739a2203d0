import type { SessionView } from '@hexkey/contract';
import type { IdentityBook } from '../identity/identity-book.ts';
import type { PinNotes } from '../pin-notes/pin-notes.ts';
import type { TeamBox } from '../team-hexkey/team-box.ts';
import type { WalletBook } from '../wallet/wallet-book.ts';
import type { KeptDeviceKey } from './device-key.ts';
import type { DeviceSeal } from './device-seal.ts';

/** How the entropy rests: under the device until the PIN is proven, from then on only under a key from S_pin. */
export type KeptEntropy =
  | { readonly under: 'device'; readonly seal: DeviceSeal }
  | {
      readonly under: 'pin';
      /** A seal labelled `wrap-entropy`, epoch 1. */
      readonly sealed: Uint8Array;
      /** The same entropy under the S_pin that is to follow, while a change of the secret is open. */
      readonly next?: Uint8Array;
    };

/** Two bytes of the old PIN's hash under a salt of 16: enough to refuse it as the new one, too little to find it by. */
export interface LegacyMark {
  readonly salt: Uint8Array;
  readonly mark: Uint8Array;
}

/** What this device keeps of one account. Nothing in it opens without the engine's own keys or the PIN. */
export interface KeptAccount {
  readonly accountId: string;
  /** As last seen, for a start without network. */
  readonly session: SessionView;
  readonly deviceKey: KeptDeviceKey;
  /** Null for a phone account that has neither begun a first PIN nor shown its PIN here. */
  readonly entropy: KeptEntropy | null;
  /** 32 bytes, of the node set this account was last used with; one to which no approvals lead stops every PIN operation. */
  readonly nodeSetHash: Uint8Array | null;
  /** Hash of the set that a move was begun to here and not seen to end; the next PIN entry goes on with it. */
  readonly movingTo?: Uint8Array;
  /** When the wallet's shares were last dealt for that move, and old nodes (realm ids) that cheated then. */
  readonly walletDeal?: { readonly atMs: number; readonly without: readonly string[] };
  /** Of an account that came from another system, until its first PIN is set. */
  readonly legacyMark?: LegacyMark;
  /** Its words were made here and no other place is known to hold them. */
  readonly onlyCopyOfWords: boolean;
  /** A PIN change was begun here and not seen to end. Says nothing about either PIN. */
  readonly changingPin?: boolean;
  /** Thumbprints of devices that were ended here and that some PIN node may still know: told again at the next PIN entry. */
  readonly devicesToForget?: readonly string[];
}

/** A registration whose answer has not arrived. Asking again with the same entropy is safe. */
export interface KeptRegistration {
  readonly entropy: DeviceSeal;
  readonly deviceKey: KeptDeviceKey;
}

/**
 * The device's store. Each write is one transaction: it happens wholly or not at all.
 * @throws {DomainError} `StorageUnavailable` from every method
 */
export interface Vault {
  /** The account whose session this device has. */
  currentAccount(): Promise<KeptAccount | null>;
  account(accountId: string): Promise<KeptAccount | null>;
  /** Writes the account and makes it the current one. */
  keepAccount(account: KeptAccount): Promise<void>;
  /** Changes what is kept of an account, if anything is, in one transaction: for work beside operations, which must not undo what they write. */
  amendAccount(accountId: string, change: (account: KeptAccount) => KeptAccount): Promise<void>;
  /** No account is current any more; what is kept of it stays. */
  leaveAccount(): Promise<void>;
  /** `noPinNotes` when nothing was noted. */
  pinNotes(accountId: string): Promise<PinNotes>;
  /** Reads and writes in one transaction: what another page notes meanwhile is not lost. */
  changePinNotes(accountId: string, change: (notes: PinNotes) => PinNotes): Promise<void>;
  /** What the PIN nodes' logs said and what was made of it; null when nothing was read here. */
  attemptLog(accountId: string): Promise<DeviceSeal | null>;
  /** Does nothing for an account of which nothing else is kept: a look at the logs may end after the account was left for good. */
  keepAttemptLog(accountId: string, log: DeviceSeal): Promise<void>;
  /** `emptyTeamBox` when there is none. */
  teamBox(accountId: string): Promise<TeamBox>;
  /** Reads and writes in one transaction; does nothing for an account of which nothing else is kept. */
  changeTeamBox(accountId: string, change: (box: TeamBox) => TeamBox): Promise<void>;
  /** `emptyIdentityBook` when there is none. */
  identityBook(accountId: string): Promise<IdentityBook>;
  /** Reads and writes in one transaction; does nothing for an account of which nothing else is kept. */
  changeIdentityBook(accountId: string, change: (book: IdentityBook) => IdentityBook): Promise<void>;
  /** `emptyWalletBook` when there is none. */
  walletBook(accountId: string): Promise<WalletBook>;
  /** Reads and writes in one transaction; does nothing for an account of which nothing else is kept. */
  changeWalletBook(accountId: string, change: (book: WalletBook) => WalletBook): Promise<void>;
  /** Forgets an account altogether. */
  eraseAccount(accountId: string): Promise<void>;
  registration(): Promise<KeptRegistration | null>;
  keepRegistration(registration: KeptRegistration): Promise<void>;
  dropRegistration(): Promise<void>;
}
