import { isDomainError } from '@hexkey/contract';
import type { PinBudget } from '@hexkey/sdk';

/** What the nodes last said about wrong PINs on this device. They judge; this only remembers their answer for the screen. */
export interface AttemptState {
  readonly attemptsLeft: number | null;
  /** By this device's clock; null when nothing is locked. */
  readonly lockedUntilMs: number | null;
  /** When they said so; null when nothing is known. */
  readonly saidAtMs: number | null;
}
export const noAttempts: AttemptState = { attemptsLeft: null, lockedUntilMs: null, saidAtMs: null };

/** @param budget what the SDK kept of it; null when that is not known */
export function attemptsOf(budget: PinBudget | null): AttemptState {
  if (budget === null) return noAttempts;
  const { attemptsLeft, retryAtMs, saidAtMs } = budget;
  return { attemptsLeft, lockedUntilMs: retryAtMs, saidAtMs };
}

/** The state after a refused PIN; other errors change nothing. */
export function afterRefusal(state: AttemptState, error: unknown, nowMs: number): AttemptState {
  if (isDomainError(error, 'WrongPin'))
    return { attemptsLeft: error.details.attemptsLeft, lockedUntilMs: null, saidAtMs: nowMs };
  if (isDomainError(error, 'PinLocked'))
    return { attemptsLeft: 0, lockedUntilMs: nowMs + error.details.retryAfterMs, saidAtMs: nowMs };
  return state;
}

/** What is left of the lock in milliseconds; 0 when PIN entry is open. */
export function lockLeftMs(state: AttemptState, nowMs: number): number {
  return state.lockedUntilMs === null ? 0 : Math.max(0, state.lockedUntilMs - nowMs);
}
