import {
  type AttemptEvent,
  bucketOf,
  type Caller,
  type GuessLimits,
  isProven,
  type KeyPair,
  type Random,
  type VerifyEd25519,
  type VouchingNodes,
} from '@hexkey/protocol';
import type { TrustedTime } from './clock/guarded-clock.ts';
import type { GroupOperations } from './evaluation/group-operations.ts';
import { type Change, changeRecord } from './records/change-record.ts';
import type { PinRecord } from './records/pin-record.ts';
import type { PinStore } from './records/pin-store.ts';
import { NodeRefusal } from './refusal.ts';
import { callerAt, deviceNameOf, type Requester } from './requester/requester.ts';

/** By what a node judges moves between node sets. */
export interface MoveTerms {
  /** Ed25519 public key that signs node sets, 32 bytes. */
  readonly operatorKey: Uint8Array;
  /** Of the set this node belongs to, 32 bytes. */
  readonly nodeSetHash: Uint8Array;
}

/** What every operation of a node works with. */
export interface OperationDeps {
  readonly realmId: Uint8Array;
  readonly store: PinStore;
  readonly limits: GuessLimits;
  readonly groupOperations: GroupOperations;
  readonly random: Random;
  /** Signs the heads of attempt logs and the vouchers. */
  readonly logKeys: KeyPair;
  /** Whose vouchers count: the nodes of the signed set this node belongs to. */
  readonly vouchingNodes: VouchingNodes;
  readonly moves: MoveTerms;
  readonly verify: VerifyEd25519;
  /** New-device guesses a tenant's accounts may make in one hour, all together. */
  readonly newDeviceGuessesPerHour: number;
}

/** One request after its sender is known. */
export interface OperationContext {
  readonly requester: Requester;
  readonly recordId: Uint8Array;
  readonly time: TrustedTime;
}

/** What a use case decides. Who did it, when, and from which bucket is the same for all and added here. */
export type Decision<T> = Change<T, Pick<AttemptEvent, 'operation' | 'outcome'>>;

/**
 * Decides about the caller's record and stores what was decided.
 * @throws {NodeRefusal} 401 for a request without a token by a device that is not enrolled here
 */
export function decideOnRecord<T>(
  deps: OperationDeps,
  context: OperationContext,
  decide: (record: PinRecord, caller: Caller) => Decision<T>,
): Promise<T> {
  const { requester, recordId, time } = context;
  const place = { recordId, owner: { realmId: deps.realmId, user: requester.user }, time };
  return changeRecord(deps, place, (record) => {
    const caller = callerAt(record, requester);
    if (!requester.hasToken && !isProven(record.throttle, caller))
      throw new NodeRefusal(401, 'a token is needed');
    const who = {
      timeMs: time.nowMs,
      bucket: bucketOf(record.throttle, caller),
      device: deviceNameOf(requester),
    };
    const change = decide(record, caller);
    if ('keep' in change) return change;
    if ('note' in change) return { ...change, note: { ...who, ...change.note } };
    return { ...change, event: change.event && { ...who, ...change.event } };
  });
}
