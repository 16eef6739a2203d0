import type { SignedDeviceListView } from '@hexkey/contract';
import type { ListedDevice, SafetySide } from '@hexkey/protocol';
import type { OwnIdentity } from './identity-book.ts';

/** What has changed about who speaks for whom. It is written down before it is told. */
export type IdentityChange =
  /** This device's credential, or whether it has one. */
  | { readonly kind: 'own' }
  /** The devices of an account, or that it is known at all: some may have to leave its groups. */
  | { readonly kind: 'devices'; readonly accountId: string }
  /** Another AIK without the word of the one before: "security code changed". */
  | { readonly kind: 'code-changed'; readonly accountId: string }
  /** The owner has looked at a code. */
  | { readonly kind: 'standing'; readonly accountId: string }
  /** Another page over the same vault has done something: any of these. */
  | { readonly kind: 'elsewhere' };

/** The claim of a leaf, once it was found true. Of the form that `GroupCrypto` asks for. */
export interface AcceptedDevice {
  readonly accountId: string;
  readonly deviceId: string;
  /**
   * Names the account's line of keys, 32 bytes: the oldest AIK that its list remembers, so that a handover leaves it as it is and another
   * owner's key does not.
   */
  readonly accountKey: Uint8Array;
}

/** What this device knows of one account's identity. */
export interface KnownIdentity extends SafetySide {
  readonly devices: readonly ListedDevice[];
  readonly standing: 'unverified' | 'verified' | 'changed';
  /** When the code changed last; null for never. */
  readonly changedAtMs: number | null;
}

/**
 * Who speaks for whom, on one device of one account (docs/protocol/messaging.md section 1). The owner's side is kept true by PIN
 * entries; everybody else's by lists that the server shows and this device judges.
 */
export interface Identity {
  /** Null until a PIN entry of this login has listed the device. */
  own(): Promise<OwnIdentity | null>;
  /** From what is kept; null for somebody never met. */
  known(accountId: string): Promise<KnownIdentity | null>;
  /**
   * Whether a leaf may be in a group. Asks the server for the account's list when the kept one does not explain it.
   * @param how `entering`: somebody is about to add it, or it adds itself, so it must be listed now. `present`: it sits in a tree that is
   * being joined, and may be of a device that was ended since; `unlisted` then names it.
   * @throws {DomainError} `Offline` and the like: nothing is known about it
   */
  validate(
    identity: Uint8Array,
    signatureKey: Uint8Array,
    how?: 'entering' | 'present',
  ): Promise<AcceptedDevice | null>;
  /** Judges and keeps a list that came with something else, such as a claim of key packages. */
  take(accountId: string, list: SignedDeviceListView): Promise<void>;
  /** Asks the server for the lists of these accounts. @throws {DomainError} `Offline` and the like */
  refresh(accountIds: readonly string[]): Promise<void>;
  /** Those of these leaves whose device is no longer listed: any member takes them out. */
  unlisted<
    L extends { readonly accountId: string; readonly deviceId: string; readonly signatureKey: Uint8Array },
  >(leaves: readonly L[]): Promise<readonly L[]>;
  /**
   * Those of these leaves that no AIK of their account's pinned line vouches for; of somebody never met, all. They were let in while another
   * AIK was pinned: nothing may be encrypted to them.
   */
  outOfLine<L extends { readonly accountId: string; readonly identity: Uint8Array }>(
    leaves: readonly L[],
  ): Promise<readonly L[]>;
  /**
   * `verified`: the owner compared the code. `unverified`: the owner goes on without.
   * @param aik whose code the owner has seen @returns false when another one is pinned by now: nothing has changed then
   */
  setStanding(accountId: string, standing: 'verified' | 'unverified', aik: Uint8Array): Promise<boolean>;
  /** @returns the unsubscriber */
  subscribe(listener: (change: IdentityChange) => void): () => void;
}
