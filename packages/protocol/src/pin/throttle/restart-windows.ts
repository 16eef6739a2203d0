import type { GuessLimits } from '../node-set.ts';
import type { ThrottleState } from './throttle-state.ts';

/**
 * After the operator confirmed a clock that had jumped: nobody knows how much time really passed, so every window and
 * lock starts anew, no right PIN counts as recent, and no device as enrolled for long.
 */
export function restartWindows(state: ThrottleState, limits: GuessLimits, nowMs: number): ThrottleState {
  return {
    guesses: state.guesses.map((guess) => ({ ...guess, atMs: nowMs, request: '' })),
    locks: state.locks.map((lock) => ({ ...lock, untilMs: nowMs + limits[lock.bucket].windowMs })),
    devices: state.devices.map((device) => ({ ...device, lastRightAtMs: 0, enrolledAtMs: nowMs })),
  };
}
