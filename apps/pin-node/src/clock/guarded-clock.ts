import type { Clock } from '@hexkey/protocol';
import type { PinStore } from '../records/pin-store.ts';
import { NodeRefusal } from '../refusal.ts';
import { type ClockState, maxClockJumpMs, type Restored } from './clock-state.ts';
import type { RestoreWitness } from './restore-witness.ts';

export interface TrustedTime {
  readonly nowMs: number;
  readonly era: number;
  readonly eraStartMs: number;
  readonly restored: Restored | null;
}

/** The node's only source of time: it would rather not serve than unlock an account early. */
export interface GuardedClock {
  /** @throws {NodeRefusal} 503 while the clock is not trusted */
  now(): Promise<TrustedTime>;
  /** Why PIN service is stopped, or null. */
  stopped(): Promise<ClockState['stopped']>;
}

const persistEveryMs = 60_000;
const retryAfterMs = 60_000;

/**
 * Compares wall time with a monotonic clock that also counts while the machine sleeps. A jump of five minutes either
 * way, or a start behind the last run, stops PIN service until the operator confirms (`confirmClock`), which starts a
 * new era: nobody can tell how much time really passed. A database that has come less far than its witness saw is an
 * older copy: that starts a new era too, in which every bucket counts as used up. Whoever else writes this state is
 * heard at the next write: the operator's command, and another process of this node while one replaces the other.
 */
export async function guardClock(deps: {
  readonly clock: Clock;
  readonly monotonic: Clock;
  readonly store: Pick<PinStore, 'readClock' | 'writeClock'>;
  readonly witness: RestoreWitness;
  readonly onStopped: (reason: NonNullable<ClockState['stopped']>) => void;
  readonly onRestored: () => void;
}): Promise<GuardedClock> {
  const { clock, monotonic, store, witness } = deps;
  const newState = newClockState(clock.now());
  // The first release wrote less than this.
  let state: ClockState = { ...newState, ...(await store.readClock()) };
  let offsetMs = clock.now() - monotonic.now();

  let lastWrite: Promise<void> = Promise.resolve();

  /** One write after the other. @param change of the state as it is then; it may run several times */
  function write(change: (current: ClockState) => ClockState): Promise<void> {
    const written = lastWrite.then(async () => {
      for (let mustWrite = false; ; mustWrite = await catchUp()) {
        const changed = change(state);
        if (changed === state && !mustWrite) return;
        const next = { ...changed, ticks: state.ticks + 1 };
        if (await store.writeClock(next, state.ticks)) {
          state = { ...next, stopped: next.stopped ?? state.stopped }; // a stop meanwhile stays
          return witness.write(next.ticks);
        }
      }
    });
    lastWrite = written.catch(() => undefined); // whoever waits for `written` hears of it; the next write tries again
    return written;
  }

  /**
   * Somebody else wrote; or an older copy was put in place of the database while this process runs.
   * @returns whether it was a copy, which has to be written down
   */
  async function catchUp(): Promise<boolean> {
    const stored = { ...newState, ...(await store.readClock()) };
    const isCopy = stored.ticks < state.ticks;
    adopt(isCopy ? restoredFrom(stored) : stored);
    return isCopy;
  }

  function adopt(stored: ClockState): void {
    if (state.stopped !== null && stored.stopped === null) offsetMs = clock.now() - monotonic.now();
    state = stored;
  }

  function restoredFrom(older: ClockState): ClockState {
    deps.onRestored();
    const era = older.era + 1;
    const atMs = clock.now();
    return { ...older, era, eraStartMs: atMs, restored: { era, atMs } };
  }

  async function stop(reason: NonNullable<ClockState['stopped']>): Promise<void> {
    state = { ...state, stopped: reason }; // at once, whatever becomes of the write
    deps.onStopped(reason);
    await write((current) => ({ ...current, stopped: reason }));
  }

  async function check(): Promise<void> {
    const nowMs = clock.now();
    if (state.stopped !== null) {
      const stored = await store.readClock();
      if (stored === null || stored.era <= state.era) return;
      adopt({ ...newState, ...stored });
    }
    if (Math.abs(nowMs - monotonic.now() - offsetMs) >= maxClockJumpMs) return stop('jumped');
    if (isDue(state, nowMs))
      await write((current) => (isDue(current, nowMs) ? { ...current, highWaterMs: nowMs } : current));
  }

  if (isOlderCopy(state, witness.read())) {
    const { era } = state;
    // Another process that starts over the same copy may be first: one restore is one era.
    await write((current) => (current.era > era ? current : restoredFrom(current)));
  }
  if (state.stopped === null && clock.now() <= state.highWaterMs - maxClockJumpMs) await stop('behind');
  else await write((current) => ({ ...current }));

  return {
    async now() {
      await check();
      if (state.stopped !== null)
        throw new NodeRefusal(503, 'this node does not trust its clock', retryAfterMs);
      const { era, eraStartMs, restored } = state;
      return { nowMs: clock.now(), era, eraStartMs, restored };
    },
    async stopped() {
      await check();
      return state.stopped;
    },
  };
}

function newClockState(nowMs: number): ClockState {
  return { highWaterMs: nowMs, era: 0, eraStartMs: nowMs, stopped: null, ticks: 0, restored: null };
}

function isDue({ highWaterMs }: ClockState, nowMs: number): boolean {
  return nowMs >= highWaterMs + persistEveryMs;
}

function isOlderCopy({ ticks }: ClockState, witnessed: number | null): boolean {
  return witnessed === null ? ticks > 0 : ticks < witnessed;
}
