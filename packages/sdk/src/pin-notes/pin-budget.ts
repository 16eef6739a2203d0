import { isDomainError } from '@hexkey/contract';

/** How many wrong PINs the nodes still allow this device, as they said it last. */
export interface PinBudget {
  readonly attemptsLeft: number;
  /** While it is ahead even the right PIN is refused; null when PIN entry is open. By this device's clock, in milliseconds. */
  readonly retryAtMs: number | null;
  /** When the nodes said so. Attempts come back with time, so there may be more by now, not fewer. */
  readonly saidAtMs: number;
}

/** A budget belongs to a login: the next one counts in another bucket. */
export interface KeptBudget extends PinBudget {
  readonly sessionId: string;
}

/** What a refused PIN says about the budget; null for failures that are no answer about the PIN. */
export function budgetOfRefusal(error: unknown, nowMs: number): PinBudget | null {
  if (isDomainError(error, 'WrongPin'))
    return { attemptsLeft: error.details.attemptsLeft, retryAtMs: null, saidAtMs: nowMs };
  if (isDomainError(error, 'PinLocked'))
    return { attemptsLeft: 0, retryAtMs: nowMs + error.details.retryAfterMs, saidAtMs: nowMs };
  return null;
}

/**
 * What is still known of a kept budget. Nothing, when it is of another login, when its lock is over (what the window gives back is for
 * the nodes to say), or when this device's clock was set back.
 */
export function budgetAt(kept: KeptBudget | null, sessionId: string, nowMs: number): PinBudget | null {
  if (kept === null || kept.sessionId !== sessionId || nowMs < kept.saidAtMs) return null;
  const { attemptsLeft, retryAtMs, saidAtMs } = kept;
  if (retryAtMs !== null && nowMs >= retryAtMs) return null;
  return { attemptsLeft, retryAtMs, saidAtMs };
}
