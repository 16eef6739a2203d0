import {
  type AttemptEntry,
  attemptEntryFromCbor,
  attemptEntryToCbor,
  bucketNames,
  type CborValue,
  cborMap,
  decodeCbor,
  encodeCbor,
  movedWalletFrom,
  movedWalletToCbor,
  pinLengths,
  readMembers,
  registrationFromCbor,
  registrationToCbor,
  type ThrottleState,
} from '@hexkey/protocol';
import { type AttemptLogState, emptyLog } from '../attempt-log/log-state.ts';
import { emptyWallet } from '../wallet/wallet-state.ts';
import type { HeldArrival, HeldDeparture, HeldRegistration, Origin, PinRecord } from './pin-record.ts';
import { arrivedShareFromCbor, arrivedShareToCbor, walletFromCbor, walletToCbor } from './wallet-codec.ts';

/** The stored form of a record: one CBOR map, so that a store needs to know nothing about it. */
export function encodeRecord(record: PinRecord): Uint8Array {
  return encodeCbor(
    cborMap({
      committed: heldToCbor(record.committed),
      staged: heldToCbor(record.staged),
      // Only at nodes that missed a PIN, from its Stage to its Commit.
      staged_on_word: record.stagedOnWord ? 1 : undefined,
      committed_at: record.committedAtMs,
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
        device.enrolledAtMs,
      ]),
      right_pin_mark: record.rightPinMark,
      wallet: record.wallet === emptyWallet ? undefined : walletToCbor(record.wallet),
      era: record.clockEra,
      log: cborMap({
        sequence: record.log.head?.sequence ?? 0,
        hash: record.log.head?.hash ?? null,
        refusals: record.log.refusals.map(({ kind, atMs }) => [kind, atMs]),
        pruned: record.log.prunedAtMs,
      }),
      ...moveToCbor(record),
      // Most accounts never are about to be deleted.
      erase_withdrawn: record.eraseWithdrawnBelow === 0 ? undefined : record.eraseWithdrawnBelow,
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
    stagedOnWord: members.has('staged_on_word'),
    committedAtMs: members.has('committed_at') ? members.integer('committed_at') : 0,
    madeWithProof: members.integer('proof') === 1,
    throttle: {
      // Written by `encodeRecord` alone, row by row as typed above.
      guesses: rows<[number, number, string, string]>(members.value('guesses')).map(
        ([atMs, bucket, caller, request]) => ({ atMs, bucket: bucketAt(bucket), caller, request }),
      ),
      locks: rows<[number, string | null, number]>(members.value('locks')).map(
        ([bucket, caller, untilMs]) => ({ bucket: bucketAt(bucket), caller, untilMs }),
      ),
      // Rows from before wallets do not say since when a device is enrolled.
      devices: rows<[string, number, number, number?]>(members.value('devices')).map(
        ([caller, lastRightAtMs, wrongInARow, enrolledAtMs = lastRightAtMs]) => ({
          caller,
          lastRightAtMs,
          enrolledAtMs,
          wrongInARow,
        }),
      ),
    },
    rightPinMark: members.has('right_pin_mark')
      ? members.bytesOrNull('right_pin_mark', pinLengths.rightPinMark)
      : null,
    wallet: members.has('wallet') ? walletFromCbor(members.value('wallet')) : emptyWallet,
    clockEra: members.integer('era'),
    log: members.has('log') ? logFromCbor(members.value('log')) : emptyLog,
    ...moveFromCbor(members.has('move') ? members.value('move') : null),
    eraseWithdrawnBelow: members.has('erase_withdrawn') ? members.integer('erase_withdrawn') : 0,
  };
}

/** Most records never move: theirs have no such member. */
function moveToCbor({ arrivals, origin, departure }: PinRecord): Record<string, CborValue> {
  if (arrivals.length === 0 && origin === null && departure === null) return {};
  return {
    move: cborMap({
      arrivals: arrivals.map(({ from, left, order, receiptAtMs, held, share }) =>
        cborMap({
          from,
          left,
          order,
          receipt_at: receiptAtMs,
          held: heldToCbor(held),
          share: share === null ? undefined : arrivedShareToCbor(share),
        }),
      ),
      origin: origin && originToCbor(origin),
      departure:
        departure &&
        cborMap({
          to: departure.to,
          left: departure.left,
          at: departure.atMs,
          carried: departure.carried,
        }),
    }),
  };
}

function moveFromCbor(value: unknown): Pick<PinRecord, 'arrivals' | 'origin' | 'departure'> {
  if (value === null) return { arrivals: [], origin: null, departure: null };
  const members = readMembers(value);
  return {
    arrivals: rows<unknown>(members.value('arrivals')).map(arrivalFromCbor),
    origin: originFromCbor(members.value('origin')),
    departure: departureFromCbor(members.value('departure')),
  };
}

function arrivalFromCbor(value: unknown): HeldArrival {
  const members = readMembers(value);
  const held = heldFromCbor(members.value('held'));
  if (held === null) throw new Error('a stored arrival has no registration');
  return {
    from: members.bytes('from', pinLengths.nodeSetHash),
    left: members.bytes('left', pinLengths.version),
    order: members.bytes('order', pinLengths.signature),
    receiptAtMs: members.integer('receipt_at'),
    held,
    share: members.has('share') ? arrivedShareFromCbor(members.value('share')) : null,
  };
}

function originToCbor({ wallet, ...origin }: Origin): CborValue {
  return cborMap({ ...origin, wallet: wallet === null ? undefined : movedWalletToCbor(wallet) });
}

function originFromCbor(value: unknown): Origin | null {
  if (value === null) return null;
  const members = readMembers(value);
  return {
    from: members.bytes('from', pinLengths.nodeSetHash),
    left: members.bytes('left', pinLengths.version),
    arrived: members.bytes('arrived', pinLengths.version),
    order: members.bytes('order', pinLengths.signature),
    wallet: members.has('wallet') ? movedWalletFrom(members.value('wallet')) : null,
  };
}

function departureFromCbor(value: unknown): HeldDeparture | null {
  if (value === null) return null;
  const members = readMembers(value);
  const carried = members.value('carried');
  if (!(carried instanceof Uint8Array)) throw new Error('a stored departure carries nothing');
  return {
    to: members.bytes('to', pinLengths.nodeSetHash),
    left: members.bytes('left', pinLengths.version),
    atMs: members.integer('at'),
    carried,
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
    pin_auth_key: held.pinAuthKey,
  });
}

function heldFromCbor(value: unknown): HeldRegistration | null {
  if (value === null) return null;
  const members = readMembers(value);
  return {
    registration: registrationFromCbor(members.value('registration')),
    nodeSetHash: members.bytesOrNull('node_set_hash', 32),
    loginKey: members.bytesOrNull('login_key', 32),
    // Rows of the first release have none.
    pinAuthKey: members.has('pin_auth_key') ? members.bytesOrNull('pin_auth_key', 32) : null,
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
