import { type Caller, type GuessLimits, isProven, type Random } from '@hexkey/protocol';
import type { TrustedTime } from './clock/guarded-clock.ts';
import type { GroupOperations } from './evaluation/group-operations.ts';
import { type Change, changeRecord } from './records/change-record.ts';
import type { PinRecord } from './records/pin-record.ts';
import type { PinStore } from './records/pin-store.ts';
import { NodeRefusal } from './refusal.ts';
import { callerAt, type Requester } from './requester/requester.ts';

/** What every operation of a node works with. */
export interface OperationDeps {
  readonly store: PinStore;
  readonly limits: GuessLimits;
  readonly groupOperations: GroupOperations;
  readonly random: Random;
  /** New-device guesses a tenant's accounts may make in one hour, all together. */
  readonly newDeviceGuessesPerHour: number;
}

/** One request after its sender is known. */
export interface OperationContext {
  readonly requester: Requester;
  readonly recordId: Uint8Array;
  readonly time: TrustedTime;
}

/**
 * Decides about the caller's record and stores what was decided.
 * @throws {NodeRefusal} 401 for a request without a token by a device that is not enrolled here
 */
export function decideOnRecord<T>(
  deps: OperationDeps,
  context: OperationContext,
  decide: (record: PinRecord, caller: Caller) => Change<T>,
): Promise<T> {
  return changeRecord(deps, context.recordId, context.time, (record) => {
    const caller = callerAt(record, context.requester);
    if (!context.requester.hasToken && !isProven(record.throttle, caller))
      throw new NodeRefusal(401, 'a token is needed');
    return decide(record, caller);
  });
}
