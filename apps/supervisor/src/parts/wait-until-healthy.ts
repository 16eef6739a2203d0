import { setTimeout as wait } from 'node:timers/promises';
import type { Seat } from './part.ts';

/** Asks a seat until it answers 200. @throws {Error} `signal` ended the waiting */
export async function waitUntilHealthy(seat: Seat, signal: AbortSignal): Promise<void> {
  while (!(await isHealthy(seat, signal))) await wait(100, undefined, { signal });
}

async function isHealthy({ healthUrl }: Seat, signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await fetch(healthUrl, { signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]) });
    await answer.body?.cancel();
    return answer.status === 200;
  } catch (error) {
    // Not listening yet is what we are waiting for; being told to stop waiting is not.
    if (signal.aborted) throw error;
    return false;
  }
}
