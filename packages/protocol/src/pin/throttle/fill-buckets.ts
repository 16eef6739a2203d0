import type { GuessLimits } from '../node-set.ts';
import type { BucketLock, ThrottleState } from './throttle-state.ts';

/**
 * After an older copy of the node's database was put in place: guesses spent since that copy are forgotten, so every
 * bucket counts as used up for one window. The right PIN lifts its own caller's lock, as ever.
 */
export function fillBuckets(state: ThrottleState, limits: GuessLimits, nowMs: number): ThrottleState {
  const full: Pick<BucketLock, 'bucket' | 'caller'>[] = [
    { bucket: 'words', caller: null },
    { bucket: 'newDevice', caller: null },
    ...state.devices.map(({ caller }) => ({ bucket: 'provenDevice' as const, caller })),
  ];
  return {
    guesses: state.guesses.map((guess) => ({ ...guess, request: '' })),
    locks: [
      ...state.locks,
      ...full.map((lock) => ({ ...lock, untilMs: nowMs + limits[lock.bucket].windowMs })),
    ],
    devices: state.devices.map((device) => ({ ...device, lastRightAtMs: 0 })),
  };
}
