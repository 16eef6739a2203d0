import { bucketOf } from './bucket.ts';
import {
  type Caller,
  demotionGuesses,
  maxEnrolledDevices,
  recentProofMs,
  type ThrottleState,
} from './throttle-state.ts';

/**
 * After a right Recover3 or Commit: forgets this caller's guesses, lifts the lock of this caller's bucket, and enrols
 * the caller. Guesses of others stay: one owner's right PIN never refills a stranger's budget.
 */
export function recordRightPin(state: ThrottleState, caller: Caller, nowMs: number): ThrottleState {
  const bucket = bucketOf(state, caller);
  const others = state.devices.filter((device) => device.caller !== caller.id);
  return {
    guesses: state.guesses.filter((guess) => guess.caller !== caller.id),
    locks: state.locks.filter((lock) =>
      lock.caller === null ? lock.bucket !== bucket : lock.caller !== caller.id,
    ),
    devices: caller.enrollable
      ? [
          ...mostRecent(others),
          {
            caller: caller.id,
            lastRightAtMs: nowMs,
            enrolledAtMs: enrolledAt(state, caller, nowMs),
            wrongInARow: 0,
          },
        ]
      : state.devices,
  };
}

/** Whether the caller showed the right PIN within ten minutes: needed to overwrite, stage, commit and delete. */
export function hasRecentRightPin(state: ThrottleState, caller: Caller, nowMs: number): boolean {
  const device = state.devices.find((enrolled) => enrolled.caller === caller.id);
  return caller.enrollable && device !== undefined && nowMs - device.lastRightAtMs <= recentProofMs;
}

/** One that counted as new begins anew. */
function enrolledAt(state: ThrottleState, caller: Caller, nowMs: number): number {
  const known = state.devices.find((device) => device.caller === caller.id);
  return known === undefined || known.wrongInARow >= demotionGuesses ? nowMs : known.enrolledAtMs;
}

function mostRecent(devices: ThrottleState['devices']): ThrottleState['devices'] {
  return devices
    .toSorted((left, right) => left.lastRightAtMs - right.lastRightAtMs)
    .slice(-(maxEnrolledDevices - 1));
}
