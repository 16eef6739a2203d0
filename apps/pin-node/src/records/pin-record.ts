import {
  type Arrival,
  type Departure,
  emptyThrottle,
  equalBytes,
  type Receipt,
  type Registration,
  type RightPinMark,
  type ThrottleState,
} from '@hexkey/protocol';
import { type AttemptLogState, emptyLog } from '../attempt-log/log-state.ts';
import { type ArrivedShare, emptyWallet, type WalletState } from '../wallet/wallet-state.ts';

/** One version of a PIN at this node, and the node set it was made for (null: by an official client). */
export interface HeldRegistration {
  readonly registration: Registration;
  readonly nodeSetHash: Uint8Array | null;
  /** Ed25519 login key whose second signature opens the words bucket; null when the account has none. */
  readonly loginKey: Uint8Array | null;
  /** Ed25519 PIN-auth key of the secret inside; null in records made without one. */
  readonly pinAuthKey: Uint8Array | null;
}

/** A record that t nodes of another set vouched for. It is neither served nor replaced before they have let theirs go. */
export interface HeldArrival extends Omit<Arrival, 'arrived' | 'receipt' | 'wallet'> {
  /** Its version is what arrived. */
  readonly held: HeldRegistration;
  /** This node's share of the account's wallet, once it was dealt. A receipt that tells of it stays true. */
  readonly share: ArrivedShare | null;
  /** Of the receipt that was given last: until it runs out the record is not dropped. */
  readonly receiptAtMs: Receipt['timeMs'];
}

/** Where the record that is served came from: with this the last old nodes are told to erase theirs. */
export type Origin = Omit<Arrival, 'receipt'>;

/** Where the account went, and what was carried over: told again to whoever finishes the move. */
export interface HeldDeparture extends Omit<Departure, 'closing'> {
  readonly atMs: number;
  /** Bytes of a `CarriedThrottle`. */
  readonly carried: Uint8Array;
}

/** Everything a node keeps about one account. */
export interface PinRecord {
  readonly committed: HeldRegistration | null;
  readonly staged: HeldRegistration | null;
  /** Staged because t nodes of this set vouched for its PIN, which they serve: it may be committed although a record of another set waits here. */
  readonly stagedOnWord: boolean;
  /** When the committed version became it; 0 when that is not known. */
  readonly committedAtMs: number;
  /** Made by a device that signed: from then on only such devices may replace or erase it. */
  readonly madeWithProof: boolean;
  readonly throttle: ThrottleState;
  /** Made anew by every right Recover3: what was asked for before it is not done after it (ADR 48). */
  readonly rightPinMark: RightPinMark;
  readonly wallet: WalletState;
  /** The clock era its times belong to. */
  readonly clockEra: number;
  readonly log: AttemptLogState;
  /** Records of another node set that wait until its nodes have let theirs go (ADR 68). */
  readonly arrivals: readonly HeldArrival[];
  /** Of a record that was moved here; null for one that was set here. */
  readonly origin: Origin | null;
  /** The account is at another set now; nothing else is kept of it. */
  readonly departure: HeldDeparture | null;
  /** The owner took back every order to erase the account with a lower sequence; 0 when there was none. */
  readonly eraseWithdrawnBelow: number;
}

export function emptyRecord(clockEra: number): PinRecord {
  return {
    committed: null,
    staged: null,
    stagedOnWord: false,
    committedAtMs: 0,
    madeWithProof: false,
    throttle: emptyThrottle,
    rightPinMark: null,
    wallet: emptyWallet,
    clockEra,
    log: emptyLog,
    arrivals: [],
    origin: null,
    departure: null,
    eraseWithdrawnBelow: 0,
  };
}

/** The committed or staged registration of a version, or null. */
export function heldVersion(record: PinRecord, version: Uint8Array): HeldRegistration | null {
  return [record.committed, record.staged].find((held) => isVersion(held, version)) ?? null;
}

export function isVersion(held: HeldRegistration | null, version: Uint8Array): held is HeldRegistration {
  return held !== null && equalBytes(held.registration.version, version);
}

/** The login key that counts now: the committed one, or that of a first set which is still staged. */
export function loginKeyOf(record: PinRecord): Uint8Array | null {
  return (record.committed ?? record.staged)?.loginKey ?? null;
}
