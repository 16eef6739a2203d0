import {
  type AttemptEntry,
  type AttemptOperation,
  type AttemptOutcome,
  attemptOperations,
  attemptOutcomes,
} from '../attempt-log/attempt-entry.ts';
import type { SignedLogHead } from '../attempt-log/sign-head.ts';
import { MalformedError } from '../malformed.ts';
import { isBucketName } from '../node-set.ts';
import { type CborMap, cborMap } from './cbor.ts';
import { readMembers } from './members.ts';
import { pinLengths } from './registration.ts';

/** A node answers no more entries than this at once. */
export const maxLogPage = 100;

export function attemptEntryToCbor(entry: AttemptEntry): CborMap {
  return cborMap({
    sequence: entry.sequence,
    time_ms: entry.timeMs,
    bucket: entry.bucket,
    device: entry.device,
    operation: entry.operation,
    outcome: entry.outcome,
    previous_hash: entry.previousHash,
  });
}

/** @throws {MalformedError} also for a word this version does not know: an entry nobody can read proves nothing */
export function attemptEntryFromCbor(value: unknown): AttemptEntry {
  const members = readMembers(value);
  const bucket = members.value('bucket');
  const operation = members.text('operation');
  const outcome = members.text('outcome');
  if (bucket !== null && !(typeof bucket === 'string' && isBucketName(bucket)))
    throw new MalformedError('bucket: unknown');
  if (!isOperation(operation)) throw new MalformedError('operation: unknown');
  if (!isOutcome(outcome)) throw new MalformedError('outcome: unknown');
  return {
    sequence: members.integer('sequence'),
    timeMs: members.integer('time_ms'),
    bucket,
    device: members.bytesOrNull('device', pinLengths.thumbprint),
    operation,
    outcome,
    previousHash: members.bytes('previous_hash', pinLengths.logHash),
  };
}

/** @throws {MalformedError} */
export function attemptEntriesFromCbor(value: unknown): AttemptEntry[] {
  if (!Array.isArray(value)) throw new MalformedError('entries: not an array');
  return value.map(attemptEntryFromCbor);
}

export function logHeadToCbor(head: SignedLogHead): CborMap {
  return cborMap({ sequence: head.sequence, hash: head.hash, signature: head.signature });
}

/** @throws {MalformedError} */
export function logHeadFromCbor(value: unknown): SignedLogHead {
  const members = readMembers(value);
  return {
    sequence: members.integer('sequence'),
    hash: members.bytes('hash', pinLengths.logHash),
    signature: members.bytes('signature', pinLengths.signature),
  };
}

function isOperation(text: string): text is AttemptOperation {
  return (attemptOperations as readonly string[]).includes(text);
}

function isOutcome(text: string): text is AttemptOutcome {
  return (attemptOutcomes as readonly string[]).includes(text);
}
