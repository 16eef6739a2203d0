import type { AttemptOperation, BucketName } from '@hexkey/protocol';

/** What an attempt or an event came to, as the nodes' logs tell it. */
export type PinEventKind =
  /** The right PIN was shown. */
  | 'right'
  /** A guess that no right PIN of the same device followed, or a commit with a wrong tag. */
  | 'wrong'
  /** Not answered: locked, the right PIN was missing, or a tag that cost nothing was wrong. One an hour is written down. */
  | 'refused'
  /** A PIN was set or changed. */
  | 'replaced'
  /** The PIN record was erased. */
  | 'deleted'
  /** The operator confirmed the node's clock; windows and locks began anew. */
  | 'clock'
  /** The node found that an older copy of its database runs, and counted every budget as used up. */
  | 'restored'
  /** Anything else that a device was granted: `operation` says what. */
  | 'other';

/** One thing that happened, told by one node or by several. */
export interface PinEvent {
  /** Stable as long as the same nodes tell of it. */
  readonly id: string;
  readonly kind: PinEventKind;
  readonly operation: AttemptOperation;
  /** The earliest time a node gives, in milliseconds since the Unix epoch. */
  readonly atMs: number;
  /** RFC 7638 thumbprint of the device key, base64url; null for what happened to a node itself. */
  readonly device: string | null;
  readonly bucket: BucketName | null;
  /** Realm ids of the nodes that tell of it. */
  readonly nodes: readonly string[];
  /** Its place in the history of each of them, in the order of `nodes`. */
  readonly sequences: readonly number[];
}

/** A device that has shown the right PIN of the account. */
export interface OwnDevice {
  /** RFC 7638 thumbprint of its key, base64url. */
  readonly thumbprint: string;
  /** As it called itself; null when only nodes told of it. */
  readonly name: string | null;
  readonly sinceMs: number;
}

/** Null: the node has not been read yet. */
export type NodeHistoryVerdict = 'ok' | 'broken' | 'forked' | 'shrank' | null;

/** How the history of one node stands. */
export interface NodeHistory {
  /** Lower-case hexadecimal. */
  readonly realmId: string;
  readonly name: string;
  readonly operator: string;
  /** Of the last time it was read. */
  readonly verdict: NodeHistoryVerdict;
  /** When that was; null for never. */
  readonly checkedAtMs: number | null;
  /** Time of the newest entry that was verified; null when there is none. */
  readonly newestAtMs: number | null;
}

/** Stays until the owner dismisses it. */
export type PinWarning =
  /** Attempts by devices that never showed the right PIN. */
  | {
      readonly kind: 'foreign-attempts';
      readonly id: string;
      readonly firstAtMs: number;
      readonly lastAtMs: number;
      /** Guesses that were granted. */
      readonly tries: number;
      /** Entries about refusals; each may stand for many within an hour. */
      readonly refusals: number;
      readonly devices: readonly string[];
      /** Realm ids of the nodes that tell of at least one. */
      readonly nodes: readonly string[];
      /** A node says that one of these devices showed the right PIN. */
      readonly rightPinFollowed: boolean;
    }
  /** A device this one did not know has shown the right PIN. */
  | {
      readonly kind: 'new-device';
      readonly id: string;
      readonly atMs: number;
      readonly device: string;
      readonly name: string | null;
    }
  /** A node's history is not the one it told before. */
  | {
      readonly kind: 'node-history';
      readonly id: string;
      readonly atMs: number;
      readonly realmId: string;
      readonly name: string;
      readonly operator: string;
      readonly verdict: 'broken' | 'forked' | 'shrank';
    }
  /** The account server gave out less than the owner's devices had left with it. */
  | {
      readonly kind: 'heads-rolled-back';
      readonly id: string;
      readonly atMs: number;
      readonly problem: 'older' | 'missing' | 'unreadable';
    };

/** What is known of the attempts on the account's PIN, as of the last time the nodes were read on this device. */
export interface PinHistory {
  /** Null when they never were. */
  readonly readAtMs: number | null;
  readonly threshold: number;
  readonly nodes: readonly NodeHistory[];
  /** Newest first. */
  readonly events: readonly (PinEvent & {
    readonly deviceName: string | null;
    readonly isThisDevice: boolean;
    /** By a device that never showed the right PIN, as far as this device knows. */
    readonly isForeign: boolean;
  })[];
  /** Newest first. */
  readonly warnings: readonly PinWarning[];
}
