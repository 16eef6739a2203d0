import type { Clock } from '@hexkey/protocol';
import type { Timer } from '../slots/slot-signal.ts';

export interface ManualTime {
  readonly clock: Clock;
  readonly timer: Timer;
  /** Timers that somebody waits for. */
  waiting(): number;
  /** Moves time, and rings what is due. Negative for a clock that was set back. */
  advance(milliseconds: number): void;
}

/** Time that moves when the test says so. */
export function manualTime(startMs = Date.UTC(2030, 0, 1)): ManualTime {
  let nowMs = startMs;
  const timers = new Set<{ readonly atMs: number; readonly run: () => void }>();
  return {
    clock: { now: () => nowMs },
    timer(delayMs, run) {
      const entry = { atMs: nowMs + delayMs, run };
      timers.add(entry);
      return () => timers.delete(entry);
    },
    waiting: () => timers.size,
    advance(milliseconds) {
      nowMs += milliseconds;
      for (const entry of [...timers]) {
        if (entry.atMs > nowMs) continue;
        timers.delete(entry);
        entry.run();
      }
    },
  };
}
