import type { Clock, Random } from '@hexkey/protocol';
import type { GroupStore } from './store/group-store.ts';

/** A device of an account; each device is one leaf of each group it is in. */
export interface GroupDevice {
  readonly accountId: string;
  readonly deviceId: string;
}

/** What a valid credential says. `accountKey`: the account identity key (AIK), 32 bytes, that signed the device's key. */
export interface VerifiedDevice extends GroupDevice {
  readonly accountKey: Uint8Array;
}

/**
 * Checks a credential: the AIK's signature over the device's signature key, and that the AIK is the pinned one.
 * @param identity bytes of the basic credential (RFC 9420 section 5.3)
 * @param signatureKey the leaf's Ed25519 key, 32 bytes
 * @returns null when it must not be in a group: malformed, not signed, another key than the pinned one, not on the account's list
 * @throws only when that cannot be known now (no network): the call that asked throws the same, has changed nothing, and may be repeated
 */
export type ValidateCredential = (
  identity: Uint8Array,
  signatureKey: Uint8Array,
) => Promise<VerifiedDevice | null>;

export interface GroupMember extends VerifiedDevice {
  /** Names this leaf until a commit removes it; a later member may get the same number. */
  readonly leafIndex: number;
  /** Ed25519, 32 bytes. */
  readonly signatureKey: Uint8Array;
  readonly identity: Uint8Array;
}

export interface Envelope {
  /** The server's id of it; dedupes deliveries. */
  readonly envelopeId: string;
  readonly groupId: string;
  readonly kind: 'message' | 'commit' | 'welcome';
  /** An MLSMessage (RFC 9420 section 6). */
  readonly body: Uint8Array;
}

/** What became of an envelope. The caller may ack it whatever the kind: nothing is ever asked for again. */
export type Received = { readonly envelopeId: string; readonly groupId: string } & (
  | {
      readonly kind: 'message';
      readonly epoch: number;
      readonly sender: GroupDevice;
      readonly plaintext: Uint8Array;
    }
  | {
      readonly kind: 'commit';
      /** The epoch that begins with it. */
      readonly epoch: number;
      readonly committer: GroupDevice;
      readonly added: readonly GroupDevice[];
      readonly removed: readonly GroupDevice[];
      /** Prepared by this device. */
      readonly own: boolean;
      /** The committer was no member of the group's tree and joined by this commit itself. */
      readonly external: boolean;
      /** This device is no longer in the group; its state stays readable until `forget`. */
      readonly removedSelf: boolean;
    }
  | { readonly kind: 'joined'; readonly epoch: number; readonly members: readonly GroupDevice[] }
  /** Of an epoch that has not come: kept, and put into the inbox under its own id once it can be read. The same again while it waits. */
  | { readonly kind: 'future'; readonly epoch: number }
  /** Taken from the inbox before; delivered again because an ack was lost. */
  | { readonly kind: 'known' }
  /** Not valid, or not for this device. Skipped. `reason` holds no content. */
  | { readonly kind: 'poison'; readonly reason: string }
);

/** A commit that waits for the server. RFC 9420 section 12.4. */
export interface PendingCommit {
  readonly groupId: string;
  /** The epoch it is made in: what the server must have for it to be taken. */
  readonly epoch: number;
  /** MLSMessage with a PublicMessage. */
  readonly commit: Uint8Array;
  /** MLSMessage with a Welcome for all added devices; null when none was added. */
  readonly welcome: Uint8Array | null;
  /** MLSMessage with the GroupInfo of the epoch after it, ratchet tree and external key included. */
  readonly groupInfo: Uint8Array;
  /** Joined by this commit itself: `joinExternally`. */
  readonly external: boolean;
  readonly added: readonly GroupDevice[];
  readonly removed: readonly GroupDevice[];
}

export interface CommitChanges {
  /** KeyPackages as MLSMessages, one for each device. */
  readonly add?: readonly Uint8Array[];
  /** Leaf indices of `members`. Neither adds nor removes: the own keys are renewed. */
  readonly remove?: readonly number[];
}

export interface Encrypted {
  /** The epoch it is encrypted in. */
  readonly epoch: number;
  /** MLSMessage with a PrivateMessage. */
  readonly ciphertext: Uint8Array;
}

/**
 * End-to-end encryption of one device's groups: MLS (RFC 9420) over a store. Every method that changes something has written it
 * durably, in one atomic write, before its promise resolves; a process killed at any point goes on from before or after it.
 * Calls may overlap; they run one after the other.
 *
 * @throws {GroupCryptoRefusal} what the caller must handle; `reason` says which. Others are bugs or a failing store.
 */
export interface GroupCrypto {
  /** This device's public Ed25519 key, 32 bytes; its private half never leaves the store. */
  signatureKey(): Promise<Uint8Array>;
  /** The credential of this device, signed by its account over `signatureKey`. Needed before anything below. */
  setCredential(identity: Uint8Array): Promise<void>;
  /** One-time KeyPackages (MLSMessage), valid for 28 days. @param count at most 100 */
  makeKeyPackages(count: number): Promise<readonly Uint8Array[]>;
  /** The KeyPackage (MLSMessage) for when the others are used up; stays usable. A new one each call; the last two open welcomes. */
  makeLastResort(): Promise<Uint8Array>;

  /** A group of this device alone, epoch 0. @param groupId as the server names it */
  create(groupId: string): Promise<void>;
  /**
   * Makes a commit and keeps it. It takes effect only when `receive` gets the same bytes back in order. Until then, or until
   * `abandonCommit`, there is no second one: `commit-pending`.
   */
  prepareCommit(groupId: string, changes: CommitChanges): Promise<PendingCommit>;
  /** The commit that waits, to send the same bytes again. */
  pendingCommit(groupId: string): Promise<PendingCommit | null>;
  /** Drops the waiting commit; nothing when there is none. Only when the server has refused it, never when its answer is unknown. */
  abandonCommit(groupId: string): Promise<void>;
  /**
   * An external commit: this device enters a group by its GroupInfo, and its stale leaf leaves it (RFC 9420 section 12.4.3.2).
   * @param removeLeaf the leaf to remove instead of the one of this very device: of the same account; RFC 9420 allows one
   */
  joinExternally(groupId: string, groupInfo: Uint8Array, removeLeaf?: number): Promise<PendingCommit>;

  /** The same `clientMessageId` gives the same bytes again, until `sent`. @throws {GroupCryptoRefusal} `no-group`, `removed` */
  encrypt(groupId: string, clientMessageId: string, plaintext: Uint8Array): Promise<Encrypted>;
  /** After `stale_epoch` and catching up: encrypted anew in the current epoch; unchanged when that is the epoch it already has. */
  reencrypt(groupId: string, clientMessageId: string, plaintext: Uint8Array): Promise<Encrypted>;
  /** The server has it: its bytes are dropped. */
  sent(clientMessageId: string): Promise<void>;

  /**
   * Never throws for what somebody else has sent. State, dedupe and an inbox row are one write: ack it right after. An own commit comes
   * back through here too; one of others that is poison leaves this device behind: `joinExternally`.
   */
  receive(envelope: Envelope): Promise<Received>;
  /** What was received and not yet taken, in the order in which it took effect; `future` and `known` are never in it. */
  inbox(): Promise<readonly Received[]>;
  taken(envelopeIds: readonly string[]): Promise<void>;

  /** In the order of their leaves. Empty without a state. */
  members(groupId: string): Promise<readonly GroupMember[]>;
  /** Null without a state, or once removed. */
  epoch(groupId: string): Promise<number | null>;
  /** GroupInfo (MLSMessage) of the current epoch. */
  groupInfo(groupId: string): Promise<Uint8Array>;
  /** Ids of all groups with a state. */
  groups(): Promise<readonly string[]>;
  /** Erases a group's state, waiting commit and unsent messages. Its inbox rows stay. */
  forget(groupId: string): Promise<void>;
  close(): Promise<void>;
}

export interface GroupCryptoOptions {
  readonly store: GroupStore;
  /** Another device than the last time (a new login): its key, groups and KeyPackages are dropped, its inbox stays. */
  readonly device: GroupDevice;
  readonly validate: ValidateCredential;
  readonly random: Random;
  readonly clock: Clock;
}

export type GroupCryptoReason =
  | 'no-credential'
  | 'no-group'
  | 'group-exists'
  | 'removed'
  | 'commit-pending'
  | 'no-such-leaf'
  | 'bad-key-package'
  | 'bad-group-info'
  | 'refused-credential'
  | 'not-allowed';

/** An expected refusal of `GroupCrypto`. Its text is its reason: nothing of a message or a key. */
export class GroupCryptoRefusal extends Error {
  override readonly name = 'GroupCryptoRefusal';
  readonly reason: GroupCryptoReason;
  constructor(reason: GroupCryptoReason) {
    super(reason);
    this.reason = reason;
  }
}
