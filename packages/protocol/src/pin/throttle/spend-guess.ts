import type { BucketName, GuessLimits } from '../node-set.ts';
import { bucketOf, guessesCounted, lockedUntil, prune } from './bucket.ts';
import { type Caller, repeatWindowMs, type SpentGuess, type ThrottleState } from './throttle-state.ts';

export type SpendVerdict =
  /** Store `state` durably, then evaluate. */
  | { readonly verdict: 'granted'; readonly state: ThrottleState; readonly bucket: BucketName }
  /** The same request was granted a moment ago: answer it again, store nothing. */
  | { readonly verdict: 'repeated' }
  | { readonly verdict: 'locked'; readonly bucket: BucketName; readonly retryAtMs: number };

/**
 * Takes one guess from the caller's bucket (pin-network specification, section 3). The last guess of a bucket locks it
 * for one window; only the right PIN of the same caller lifts that early (`recordRightPin`).
 *
 * @param guess.request names version and blinded input; the same one by the same caller within 60 s is free, even when
 *   locked, because a client repeats a request whose answer was lost
 */
export function spendGuess(
  state: ThrottleState,
  limits: GuessLimits,
  guess: { readonly caller: Caller; readonly request: string; readonly nowMs: number },
): SpendVerdict {
  const { caller, request, nowMs } = guess;
  if (state.guesses.some((spent) => isRepeat(spent, guess))) return { verdict: 'repeated' };

  const pruned = prune(state, limits, nowMs);
  const bucket = bucketOf(pruned, caller);
  const limit = limits[bucket];
  const lockEndMs = lockedUntil(pruned, caller);
  if (lockEndMs !== null) return { verdict: 'locked', bucket, retryAtMs: lockEndMs };

  const counted = guessesCounted(pruned, caller);
  const blocking = counted[counted.length - limit.attempts];
  if (blocking !== undefined) return { verdict: 'locked', bucket, retryAtMs: blocking.atMs + limit.windowMs };

  const isLast = counted.length + 1 === limit.attempts;
  const lock = {
    bucket,
    caller: bucket === 'provenDevice' ? caller.id : null,
    untilMs: nowMs + limit.windowMs,
  };
  return {
    verdict: 'granted',
    bucket,
    state: {
      guesses: [...pruned.guesses, { atMs: nowMs, bucket, caller: caller.id, request }],
      locks: isLast ? [...pruned.locks, lock] : pruned.locks,
      devices: pruned.devices.map((device) =>
        device.caller === caller.id ? { ...device, wrongInARow: device.wrongInARow + 1 } : device,
      ),
    },
  };
}

function isRepeat(
  spent: SpentGuess,
  guess: { readonly caller: Caller; readonly request: string; readonly nowMs: number },
): boolean {
  return (
    spent.caller === guess.caller.id &&
    spent.request === guess.request &&
    guess.nowMs - spent.atMs < repeatWindowMs
  );
}
