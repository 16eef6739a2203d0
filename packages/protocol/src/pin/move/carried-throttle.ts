import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '../../encoding/bytes.ts';
import {
  type CarriedWallet,
  carriedWalletFrom,
  carriedWalletToCbor,
} from '../../wallet/move/carried-wallet.ts';
import { MalformedError } from '../malformed.ts';
import { bucketNames, isBucketName } from '../node-set.ts';
import type { BucketLock, EnrolledDevice, SpentGuess, ThrottleState } from '../throttle/throttle-state.ts';
import { cborMap, decodeCbor, encodeCbor } from '../wire/cbor.ts';
import { type Members, readMembers } from '../wire/members.ts';

/**
 * What one old node remembers of the guesses against one account, for the new ones. `lastRightAtMs` is left out: nothing that was shown to
 * an old node lets anybody replace a record at a new one, and it would be a diary of its owner.
 */
export interface CarriedThrottle {
  readonly guesses: readonly CarriedGuess[];
  readonly locks: readonly BucketLock[];
  readonly devices: readonly CarriedDevice[];
  /** Of an account whose wallet this node held a share of. */
  readonly wallet: CarriedWallet | null;
}

export type CarriedDevice = Omit<EnrolledDevice, 'lastRightAtMs'>;

/** `request` names a guess across nodes, by a hash of 16 bytes: a client sends all nodes the same one. */
export type CarriedGuess = Omit<SpentGuess, 'request'> & { readonly request: Uint8Array };

const requestNameBytes = 16;
const callerForm = /^(?:key|sid):[\x20-\x7e]{0,128}$/;
const mostRows = 1024;

/** @param state pruned: what no longer counts is not told */
export function carriedOf(
  { guesses, locks, devices }: ThrottleState,
  wallet: CarriedWallet | null = null,
): CarriedThrottle {
  return {
    guesses: guesses.map(({ request, ...guess }) => ({
      ...guess,
      request: sha256(utf8(request)).slice(0, requestNameBytes),
    })),
    locks,
    devices: devices.map(({ lastRightAtMs: _, ...device }) => device),
    wallet,
  };
}

export function encodeCarried({ guesses, locks, devices, wallet }: CarriedThrottle): Uint8Array<ArrayBuffer> {
  return encodeCbor(
    cborMap({
      guesses: guesses.map(({ atMs, bucket, caller, request }) =>
        cborMap({ at_ms: atMs, bucket, caller, request }),
      ),
      locks: locks.map(({ bucket, caller, untilMs }) => cborMap({ bucket, caller, until_ms: untilMs })),
      devices: devices.map(({ caller, enrolledAtMs, wrongInARow }) =>
        cborMap({ caller, enrolled_at_ms: enrolledAtMs, wrong_in_a_row: wrongInARow }),
      ),
      wallet: wallet === null ? undefined : carriedWalletToCbor(wallet),
    }),
  );
}

/** @throws {MalformedError} */
export function decodeCarried(bytes: Uint8Array): CarriedThrottle {
  const members = readMembers(decodeCbor(bytes), ['guesses', 'locks', 'devices', 'wallet']);
  return {
    guesses: rowsOf(members.value('guesses'), ['at_ms', 'bucket', 'caller', 'request'], (row) => ({
      atMs: row.integer('at_ms'),
      bucket: bucketOf(row),
      caller: callerOf(row),
      request: row.bytes('request', requestNameBytes),
    })),
    locks: rowsOf(members.value('locks'), ['bucket', 'caller', 'until_ms'], (row) => ({
      bucket: bucketOf(row),
      caller: row.value('caller') === null ? null : callerOf(row),
      untilMs: row.integer('until_ms'),
    })),
    devices: rowsOf(members.value('devices'), ['caller', 'enrolled_at_ms', 'wrong_in_a_row'], (row) => ({
      caller: callerOf(row),
      enrolledAtMs: row.integer('enrolled_at_ms'),
      wrongInARow: row.integer('wrong_in_a_row'),
    })),
    wallet: members.has('wallet') ? carriedWalletFrom(members.value('wallet')) : null,
  };
}

function rowsOf<R>(value: unknown, names: readonly string[], read: (row: Members) => R): R[] {
  if (!Array.isArray(value) || value.length > mostRows) throw new MalformedError('carried: not rows');
  return value.map((row) => read(readMembers(row, names)));
}

function bucketOf(row: Members): SpentGuess['bucket'] {
  const name = row.text('bucket');
  if (!isBucketName(name)) throw new MalformedError(`bucket: none of ${bucketNames.join(', ')}`);
  return name;
}

function callerOf(row: Members): string {
  const caller = row.text('caller');
  if (!callerForm.test(caller)) throw new MalformedError('caller: no key and no session');
  return caller;
}
