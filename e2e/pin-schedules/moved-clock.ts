import type { Clock } from '@hexkey/protocol';

/** The machine's clock, moved forward by order: all processes of an installation are moved together. */
export interface MovedClock extends Clock {
  moveTo(offsetMs: number): void;
}

export function movedClock(offsetMs: number): MovedClock {
  let offset = offsetMs;
  return {
    now: () => Date.now() + offset,
    moveTo(next) {
      offset = next;
    },
  };
}
