import type { SessionView } from '@hexkey/contract';
import type { KeptDeviceKey } from './device-key.ts';
import type { DeviceSeal } from './device-seal.ts';

/** How the entropy rests: under the device until the PIN is proven, from then on only under a key from S_pin. */
export type KeptEntropy =
  | { readonly under: 'device'; readonly seal: DeviceSeal }
  /** A seal labelled `wrap-entropy`, epoch 1. */
  | { readonly under: 'pin'; readonly sealed: Uint8Array };

/** What this device keeps of one account. Nothing in it opens without the engine's own keys or the PIN. */
export interface KeptAccount {
  readonly accountId: string;
  /** As last seen, for a start without network. */
  readonly session: SessionView;
  readonly deviceKey: KeptDeviceKey;
  /** Null for a phone account that has neither begun a first PIN nor shown its PIN here. */
  readonly entropy: KeptEntropy | null;
  /** 32 bytes, of the node set this account was first seen with; another one stops every PIN operation. */
  readonly nodeSetHash: Uint8Array | null;
  /** Its words were made here and no other place is known to hold them. */
  readonly onlyCopyOfWords: boolean;
  /** A PIN change was begun here and not seen to end. Says nothing about either PIN. */
  readonly changingPin?: boolean;
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
  /** No account is current any more; what is kept of it stays. */
  leaveAccount(): Promise<void>;
  /** Forgets an account altogether. */
  eraseAccount(accountId: string): Promise<void>;
  registration(): Promise<KeptRegistration | null>;
  keepRegistration(registration: KeptRegistration): Promise<void>;
  dropRegistration(): Promise<void>;
}
