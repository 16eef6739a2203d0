import type { AikHandover, SignedDeviceList } from '@hexkey/protocol';

/** What the last PIN entry of a login made of this device. Public. */
export interface OwnIdentity {
  /** UUID text: another login is another device. */
  readonly sessionId: string;
  /** MLS signature key of this device, Ed25519, 32 bytes. */
  readonly signatureKey: Uint8Array;
  /** Identity of its leaves; null while five other devices hold the places. */
  readonly credential: Uint8Array | null;
}

/** The last list that was taken of an account, and what the owner made of it. */
export interface Pin extends SignedDeviceList {
  /** `changed`: they were verified, and have another AIK since; nothing is sent until the owner has looked at it. */
  readonly standing: 'unverified' | 'verified' | 'changed';
  /** When another AIK took the place of the pinned one without its word; null for never. */
  readonly changedAtMs: number | null;
}

/** Said by an AIK before the secret behind it was replaced: kept until a list carries it. */
export interface KeptHandover extends AikHandover {
  /** The AIK that follows, 32 bytes. */
  readonly aik: Uint8Array;
}

/** Who speaks for whom, as this device knows it. No secret is in it; the AIK itself is kept nowhere. */
export interface IdentityBook {
  readonly own: OwnIdentity | null;
  readonly handover: KeptHandover | null;
  /** By account id; the owner's among them. */
  readonly pins: Readonly<Record<string, Pin>>;
}

export const emptyIdentityBook: IdentityBook = { own: null, handover: null, pins: {} };
