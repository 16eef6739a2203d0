import type { Clock } from '@hexkey/protocol';
import type { PinStore } from '../records/pin-store.ts';
import type { ClockState } from './clock-state.ts';

/**
 * The operator's word that the clock is right now. Windows and locks restart from here; a running node notices by itself.
 * @returns false when PIN service was not stopped: then nothing changes, because restarting windows costs the owners
 */
export async function confirmClock(
  store: Pick<PinStore, 'readClock' | 'writeClock'>,
  clock: Clock,
): Promise<boolean> {
  for (;;) {
    const state = await store.readClock();
    if (state === null || state.stopped === null) return false;
    const nowMs = clock.now();
    // The first release wrote no ticks.
    const ticks = (state as Partial<ClockState>).ticks ?? 0;
    const confirmed = { highWaterMs: nowMs, era: state.era + 1, eraStartMs: nowMs, stopped: null };
    if (await store.writeClock({ ...state, ...confirmed, ticks: ticks + 1 }, ticks)) return true;
  }
}
