import type { Clock } from '@hexkey/protocol';
import type { Limit } from '../limits/limits.ts';

/** What one device may still ask for of something. */
export interface SendBudget {
  /** @param count not above the bucket's `max` @returns milliseconds to wait, and nothing is spent then; else null */
  spend(count?: number): number | null;
  /** Nothing of it is used: it may be forgotten. */
  isFull(): boolean;
}

/** Everything that is counted of one device. */
export interface DeviceBudget {
  /** Of one message. @returns milliseconds to wait, or null */
  send(bytes: number): number | null;
  /** Of one question. */
  ask(): number | null;
  isFull(): boolean;
}

export function deviceBudget(
  clock: Clock,
  max: { readonly sends: Limit; readonly bytes: Limit; readonly questions: Limit },
): DeviceBudget {
  const sends = sendBudget(clock, max.sends);
  const bytes = sendBudget(clock, max.bytes);
  const questions = sendBudget(clock, max.questions);
  return {
    send: (count) => sends.spend() ?? bytes.spend(count),
    ask: () => questions.spend(),
    isFull: () => sends.isFull() && bytes.isFull() && questions.isFull(),
  };
}

/** A bucket that fills evenly: `max` at once, and `max` in each window in the long run. */
export function sendBudget(clock: Clock, { max, windowMs }: Limit): SendBudget {
  const refillMs = windowMs / max;
  /** When the bucket is full again. */
  let fullAtMs = 0;
  return {
    spend(count = 1) {
      const nowMs = clock.now();
      const start = Math.max(nowMs, fullAtMs);
      const waitMs = start + count * refillMs - windowMs - nowMs;
      if (waitMs > 0) return Math.ceil(waitMs);
      fullAtMs = start + count * refillMs;
      return null;
    },
    isFull: () => fullAtMs <= clock.now(),
  };
}
