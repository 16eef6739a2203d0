import { toHex } from '../../encoding/text.ts';
import type { GuessLimits } from '../node-set.ts';
import { prune } from '../throttle/bucket.ts';
import {
  type EnrolledDevice,
  maxEnrolledDevices,
  type SpentGuess,
  type ThrottleState,
} from '../throttle/throttle-state.ts';
import type { CarriedDevice, CarriedThrottle } from './carried-throttle.ts';

/**
 * What a new node starts from: every guess that any of the old nodes counted, each once, and every lock. Of n = 2t-1 nodes any t include
 * one that counted a guess which t nodes evaluated, so nothing that was spent is missing, however it was spread over them; a move never refills.
 * A device counts as enrolled only by the word of t nodes, and since when t of them say: fewer could let a stranger's in, or past its hold.
 *
 * @param carried of at least t different old nodes
 * @param threshold t of the old set
 * @param limits of the new set
 */
export function mergeThrottles(
  carried: readonly CarriedThrottle[],
  threshold: number,
  limits: GuessLimits,
  nowMs: number,
): ThrottleState {
  const guesses = new Map<string, SpentGuess>();
  const enrolled = new Map<string, CarriedDevice[]>();
  for (const { guesses: spent, devices } of carried) {
    for (const { request, ...guess } of spent) {
      const name = `${guess.bucket}/${guess.caller}/${toHex(request)}`;
      const atMs = Math.max(guesses.get(name)?.atMs ?? 0, Math.min(guess.atMs, nowMs));
      // A clock that is ahead must not make a window longer than it is. Repeats are a matter of the node that granted them.
      guesses.set(name, { ...guess, atMs, request: '' });
    }
    const byCaller = new Map(devices.map((device) => [device.caller, device]));
    for (const [caller, device] of byCaller) enrolled.set(caller, [...(enrolled.get(caller) ?? []), device]);
  }
  const locks = carried
    .flatMap((one) => one.locks)
    .map((lock) => ({ ...lock, untilMs: Math.min(lock.untilMs, nowMs + limits[lock.bucket].windowMs) }));
  const devices = [...enrolled.values()]
    .flatMap((words) => enrolledBy(words, threshold, nowMs))
    .slice(-maxEnrolledDevices);
  const inOrder = [...guesses.values()].toSorted((left, right) => left.atMs - right.atMs);
  return prune({ guesses: inOrder, locks, devices }, limits, nowMs);
}

function enrolledBy(words: readonly CarriedDevice[], threshold: number, nowMs: number): EnrolledDevice[] {
  const since = words.map(({ enrolledAtMs }) => enrolledAtMs).toSorted((left, right) => left - right);
  const [first] = words;
  const enrolledAtMs = since[threshold - 1];
  if (first === undefined || enrolledAtMs === undefined) return [];
  const wrongInARow = Math.max(...words.map((word) => word.wrongInARow));
  return [
    { caller: first.caller, lastRightAtMs: 0, enrolledAtMs: Math.min(enrolledAtMs, nowMs), wrongInARow },
  ];
}
