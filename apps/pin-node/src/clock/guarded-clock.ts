import type { Clock } from '@hexkey/protocol';
import type { PinStore } from '../records/pin-store.ts';
import { NodeRefusal } from '../refusal.ts';
import { type ClockState, maxClockJumpMs } from './clock-state.ts';

export interface TrustedTime {
  readonly nowMs: number;
  readonly era: number;
  readonly eraStartMs: number;
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
 * new era: nobody can tell how much time really passed.
 */
export async function guardClock(deps: {
  readonly clock: Clock;
  readonly monotonic: Clock;
  readonly store: Pick<PinStore, 'readClock' | 'writeClock'>;
  readonly onStopped: (reason: NonNullable<ClockState['stopped']>) => void;
}): Promise<GuardedClock> {
  const { clock, monotonic, store } = deps;
  let state = (await store.readClock()) ?? newClockState(clock.now());
  let offsetMs = clock.now() - monotonic.now();

  async function stop(reason: NonNullable<ClockState['stopped']>): Promise<void> {
    state = { ...state, stopped: reason };
    deps.onStopped(reason);
    await store.writeClock(state);
  }

  async function check(): Promise<void> {
    const nowMs = clock.now();
    if (state.stopped !== null) {
      const stored = await store.readClock();
      if (stored === null || stored.era <= state.era) return;
      state = stored;
      offsetMs = nowMs - monotonic.now();
    }
    if (Math.abs(nowMs - monotonic.now() - offsetMs) >= maxClockJumpMs) return stop('jumped');
    if (nowMs >= state.highWaterMs + persistEveryMs) {
      state = { ...state, highWaterMs: nowMs };
      await store.writeClock(state);
    }
  }

  if (state.stopped === null && clock.now() <= state.highWaterMs - maxClockJumpMs) await stop('behind');
  else await store.writeClock(state);

  return {
    async now() {
      await check();
      if (state.stopped !== null)
        throw new NodeRefusal(503, 'this node does not trust its clock', retryAfterMs);
      return { nowMs: clock.now(), era: state.era, eraStartMs: state.eraStartMs };
    },
    async stopped() {
      await check();
      return state.stopped;
    },
  };
}

function newClockState(nowMs: number): ClockState {
  return { highWaterMs: nowMs, era: 0, eraStartMs: nowMs, stopped: null };
}
