import type { BucketName, GuessLimits } from '../node-set.ts';
import type { Budget } from '../wire/answers.ts';
import { type Caller, demotionGuesses, type SpentGuess, type ThrottleState } from './throttle-state.ts';

/** The bucket a guess of this caller is counted in now. */
export function bucketOf(state: ThrottleState, caller: Caller): BucketName {
  if (isProven(state, caller)) return 'provenDevice';
  return caller.hasWords ? 'words' : 'newDevice';
}

/** Whether the caller has shown the right PIN here and has not been demoted since. */
export function isProven(state: ThrottleState, caller: Caller): boolean {
  if (!caller.enrollable) return false;
  const device = state.devices.find((enrolled) => enrolled.caller === caller.id);
  return device !== undefined && device.wrongInARow < demotionGuesses;
}

/** Drops what no longer counts: guesses older than their bucket's window, locks that have run out. */
export function prune(state: ThrottleState, limits: GuessLimits, nowMs: number): ThrottleState {
  return {
    ...state,
    guesses: state.guesses.filter((guess) => guess.atMs + limits[guess.bucket].windowMs > nowMs),
    locks: state.locks.filter((lock) => lock.untilMs > nowMs),
  };
}

/** The guesses that fill the caller's bucket. @param state pruned */
export function guessesCounted(state: ThrottleState, caller: Caller): readonly SpentGuess[] {
  const bucket = bucketOf(state, caller);
  return state.guesses.filter(
    (guess) => guess.bucket === bucket && (bucket !== 'provenDevice' || guess.caller === caller.id),
  );
}

/**
 * When the lock that holds the caller runs out, or null. A demoted device stays under its own lock too: counting as new
 * must not free it.
 * @param state pruned
 */
export function lockedUntil(state: ThrottleState, caller: Caller): number | null {
  const bucket = bucketOf(state, caller);
  const ends = state.locks
    .filter((lock) => (lock.caller === null ? lock.bucket === bucket : lock.caller === caller.id))
    .map((lock) => lock.untilMs);
  return ends.length === 0 ? null : Math.max(...ends);
}

/** The caller's budget, as it is told to the caller. */
export function budgetOf(state: ThrottleState, caller: Caller, limits: GuessLimits, nowMs: number): Budget {
  const pruned = prune(state, limits, nowMs);
  const bucket = bucketOf(pruned, caller);
  const limit = limits[bucket].attempts;
  return {
    bucket,
    limit,
    spent: Math.min(guessesCounted(pruned, caller).length, limit),
    lockedUntilMs: lockedUntil(pruned, caller),
  };
}
