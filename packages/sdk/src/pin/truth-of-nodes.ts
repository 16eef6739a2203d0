import { DomainError } from '@hexkey/contract';

/** What one node said about the caller's budget. */
export interface BudgetReport {
  /** Guesses left at this node. */
  readonly left: number;
  /** Milliseconds until it evaluates again; 0 when it is open. */
  readonly openInMs: number;
}

/**
 * What t nodes together allow: a guess needs t of them, so the t-th largest budget and the t-th soonest opening count
 * (pin-network specification, section 3). One node that lies or lags moves neither.
 *
 * @returns `WrongPin` while t nodes are open, else `PinLocked`; null when fewer than t reported
 */
export function truthOfNodes(
  reports: readonly BudgetReport[],
  threshold: number,
): DomainError<'WrongPin'> | DomainError<'PinLocked'> | null {
  if (reports.length < threshold) return null;
  const attemptsLeft = [...reports].map(({ left }) => left).sort((a, b) => b - a)[threshold - 1] as number;
  const retryAfterMs = [...reports].map(({ openInMs }) => openInMs).sort((a, b) => a - b)[
    threshold - 1
  ] as number;
  return retryAfterMs > 0
    ? new DomainError('PinLocked', { retryAfterMs })
    : new DomainError('WrongPin', { attemptsLeft });
}
