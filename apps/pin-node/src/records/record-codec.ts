import {
  type AttemptEntry,
  attemptEntryFromCbor,
  attemptEntryToCbor,
  bucketNames,
  type CborValue,
  cborMap,
  decodeCbor,
  encodeCbor,
  readMembers,
  registrationFromCbor,
  registrationToCbor,
  type ThrottleState,
} from '@hexkey/protocol';
import { type AttemptLogState, emptyLog } from '../attempt-log/log-state.ts';
import type { HeldRegistration, PinRecord } from './pin-record.ts';

/** The stored form of a record: one CBOR map, so that a store needs to know nothing about it. */
export function encodeRecord(record: PinRecord): Uint8Array {
  return encodeCbor(
    cborMap({
      committed: heldToCbor(record.committed),
      staged: heldToCbor(record.staged),
      proof: record.madeWithProof ? 1 : 0,
      guesses: record.throttle.guesses.map((guess) => [
        guess.atMs,
        bucketNames.indexOf(guess.bucket),
        guess.caller,
        guess.request,
      ]),
      locks: record.throttle.locks.map((lock) => [
        bucketNames.indexOf(lock.bucket),
        lock.caller,
        lock.untilMs,
      ]),
      devices: record.throttle.devices.map((device) => [
        device.caller,
        device.lastRightAtMs,
        device.wrongInARow,
      ]),
      era: record.clockEra,
      log: cborMap({
        sequence: record.log.head?.sequence ?? 0,
        hash: record.log.head?.hash ?? null,
        refusals: record.log.refusals.map(({ kind, atMs }) => [kind, atMs]),
        pruned: record.log.prunedAtMs,
      }),
    }),
  );
}

/** The stored form of a log entry is the one it has on the wire. */
export function encodeEntry(entry: AttemptEntry): Uint8Array {
  return encodeCbor(attemptEntryToCbor(entry));
}

/** @throws {MalformedError} a damaged row */
export function decodeEntry(bytes: Uint8Array): AttemptEntry {
  return attemptEntryFromCbor(decodeCbor(bytes));
}

/** Equal bytes mean an equal registration. */
export function encodeHeld(held: HeldRegistration): Uint8Array {
  return encodeCbor(heldToCbor(held));
}

/** @throws {MalformedError} a damaged row: the node then refuses rather than guesses */
export function decodeRecord(bytes: Uint8Array): PinRecord {
  const members = readMembers(decodeCbor(bytes));
  return {
    committed: heldFromCbor(members.value('committed')),
    staged: heldFromCbor(members.value('staged')),
    madeWithProof: members.integer('proof') === 1,
    throttle: {
      // Written by `encodeRecord` alone, row by row as typed above.
      guesses: rows<[number, number, string, string]>(members.value('guesses')).map(
        ([atMs, bucket, caller, request]) => ({ atMs, bucket: bucketAt(bucket), caller, request }),
      ),
      locks: rows<[number, string | null, number]>(members.value('locks')).map(
        ([bucket, caller, untilMs]) => ({ bucket: bucketAt(bucket), caller, untilMs }),
      ),
      devices: rows<[string, number, number]>(members.value('devices')).map(
        ([caller, lastRightAtMs, wrongInARow]) => ({ caller, lastRightAtMs, wrongInARow }),
      ),
    },
    clockEra: members.integer('era'),
    log: members.has('log') ? logFromCbor(members.value('log')) : emptyLog,
  };
}

/** Rows of the first release have none: their log begins with what happens next. */
function logFromCbor(value: unknown): AttemptLogState {
  const members = readMembers(value);
  const hash = members.bytesOrNull('hash', 32);
  return {
    head: hash === null ? null : { sequence: members.integer('sequence'), hash },
    refusals: rows<[string, number]>(members.value('refusals')).map(([kind, atMs]) => ({ kind, atMs })),
    prunedAtMs: members.integer('pruned'),
  };
}

function heldToCbor(held: HeldRegistration | null): CborValue {
  if (held === null) return null;
  return cborMap({
    registration: registrationToCbor(held.registration),
    node_set_hash: held.nodeSetHash,
    login_key: held.loginKey,
  });
}

function heldFromCbor(value: unknown): HeldRegistration | null {
  if (value === null) return null;
  const members = readMembers(value);
  return {
    registration: registrationFromCbor(members.value('registration')),
    nodeSetHash: members.bytesOrNull('node_set_hash', 32),
    loginKey: members.bytesOrNull('login_key', 32),
  };
}

function rows<R>(value: unknown): R[] {
  if (!Array.isArray(value)) throw new Error('a stored record has no rows where rows belong');
  return value;
}

function bucketAt(index: number): ThrottleState['guesses'][number]['bucket'] {
  const bucket = bucketNames[index];
  if (bucket === undefined) throw new Error('a stored record names an unknown bucket');
  return bucket;
}
