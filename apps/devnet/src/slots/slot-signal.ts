import type { SlotClock } from './slot-clock.ts';

/** Runs something later. @returns what cancels it */
export type Timer = (delayMs: number, run: () => void) => () => void;

export const systemTimer: Timer = (delayMs, run) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};

export interface SlotSignal {
  /** Tells each new slot. @returns what ends that */
  onSlot(listener: (slot: number) => void): () => void;
}

/** A timer runs only while somebody listens. */
export function slotSignal(slots: SlotClock, timer: Timer): SlotSignal {
  const listeners = new Set<(slot: number) => void>();
  let cancel: (() => void) | null = null;
  let told = 0;
  const wait = () => {
    cancel = timer(Math.ceil(slots.msUntilNext()), () => {
      cancel = null;
      const slot = slots.current();
      // A timer may fire a moment early.
      if (slot > told) {
        told = slot;
        for (const listener of [...listeners]) listener(slot);
      }
      if (listeners.size > 0 && cancel === null) wait();
    });
  };
  return {
    onSlot(listener) {
      if (listeners.size === 0) told = slots.current();
      listeners.add(listener);
      if (cancel === null) wait();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        cancel?.();
        cancel = null;
      };
    },
  };
}
