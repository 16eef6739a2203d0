import type { Clock } from '@hexkey/protocol';

export interface FixedClock extends Clock {
  /** Moves time; negative for a clock that was set back. */
  advance(milliseconds: number): void;
}

/** A clock that stands still until it is told to move. @param start ISO 8601 time or milliseconds since the epoch */
export function fixedClock(start: string | number): FixedClock {
  let now = new Date(start).getTime();
  if (Number.isNaN(now)) throw new RangeError(`not a time: ${start}`);
  return {
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}
