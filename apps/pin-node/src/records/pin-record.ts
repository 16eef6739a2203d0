import { emptyThrottle, equalBytes, type Registration, type ThrottleState } from '@hexkey/protocol';
import { type AttemptLogState, emptyLog } from '../attempt-log/log-state.ts';

/** One version of a PIN at this node, and the node set it was made for (null: by an official client). */
export interface HeldRegistration {
  readonly registration: Registration;
  readonly nodeSetHash: Uint8Array | null;
  /** Ed25519 login key whose second signature opens the words bucket; null when the account has none. */
  readonly loginKey: Uint8Array | null;
}

/** Everything a node keeps about one account. */
export interface PinRecord {
  readonly committed: HeldRegistration | null;
  readonly staged: HeldRegistration | null;
  /** Made by a device that signed: from then on only such devices may replace or erase it. */
  readonly madeWithProof: boolean;
  readonly throttle: ThrottleState;
  /** The clock era its times belong to. */
  readonly clockEra: number;
  readonly log: AttemptLogState;
}

export function emptyRecord(clockEra: number): PinRecord {
  return {
    committed: null,
    staged: null,
    madeWithProof: false,
    throttle: emptyThrottle,
    clockEra,
    log: emptyLog,
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
