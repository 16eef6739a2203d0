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
 * older copy: that starts a new era too, in which every bucket counts as used up.
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

  async function write(next: ClockState): Promise<void> {
    state = { ...next, ticks: state.ticks + 1 };
    await store.writeClock(state);
    witness.write(state.ticks);
  }

  async function stop(reason: NonNullable<ClockState['stopped']>): Promise<void> {
    const written = write({ ...state, stopped: reason });
    deps.onStopped(reason);
    await written;
  }

  async function check(): Promise<void> {
    const nowMs = clock.now();
    if (state.stopped !== null) {
      const stored = await store.readClock();
      if (stored === null || stored.era <= state.era) return;
      state = { ...newState, ...stored };
      offsetMs = nowMs - monotonic.now();
    }
    if (Math.abs(nowMs - monotonic.now() - offsetMs) >= maxClockJumpMs) return stop('jumped');
    if (nowMs >= state.highWaterMs + persistEveryMs) {
      await write({ ...state, highWaterMs: nowMs });
    }
  }

  if (isOlderCopy(state, witness.read())) {
    deps.onRestored();
    const era = state.era + 1;
    const atMs = clock.now();
    await write({ ...state, era, eraStartMs: atMs, restored: { era, atMs } });
  }
  if (state.stopped === null && clock.now() <= state.highWaterMs - maxClockJumpMs) await stop('behind');
  else await write(state);

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

function isOlderCopy({ ticks }: ClockState, witnessed: number | null): boolean {
  return witnessed === null ? ticks > 0 : ticks < witnessed;
}
