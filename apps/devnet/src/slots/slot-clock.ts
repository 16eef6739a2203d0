import type { Clock } from '@hexkey/protocol';

/** Milliseconds of one slot, as on a cluster. */
export const slotMs = 400;

/** Slots follow from time: nothing ticks while nobody asks. The slot that is returned is open; all before it are closed. */
export interface SlotClock {
  current(): number;
  /** Milliseconds since the Unix epoch. */
  now(): number;
  msUntilNext(): number;
}

/** Where slots were counted to, and when. */
export interface SlotMark {
  readonly slot: number;
  readonly atMs: number;
}

/**
 * Counts on from a mark. A clock that is set back stops nothing: slots go on from where they were, at their pace. After a
 * start the slot of the mark is closed, however short the break was.
 *
 * @param mark of the last execution that was written down; null on the first start
 */
export function slotClock(clock: Clock, mark: SlotMark | null): SlotClock {
  let lastMs = clock.now();
  const sinceMarkMs = mark === null ? 0 : Math.max(0, lastMs - mark.atMs);
  const firstSlot = mark === null ? 1 : mark.slot + 1 + Math.floor(sinceMarkMs / slotMs);
  let elapsedMs = 0;
  const advance = () => {
    const nowMs = clock.now();
    elapsedMs += Math.max(0, nowMs - lastMs);
    lastMs = nowMs;
  };
  return {
    current() {
      advance();
      return firstSlot + Math.floor(elapsedMs / slotMs);
    },
    now: () => clock.now(),
    msUntilNext() {
      advance();
      return slotMs - (elapsedMs % slotMs);
    },
  };
}
