/** After how long without use the page closes; 0: at once, as soon as it is out of sight. */
export const lockMinutes = [0, 1, 5, 15, 60] as const;
export type LockMinutes = (typeof lockMinutes)[number];

/** What this browser keeps of one account's app lock. No secret: the lock keeps eyes out, it encrypts nothing (ADR 80). */
export interface KeptLock {
  readonly afterMinutes: LockMinutes;
  readonly isLocked: boolean;
  /** By the device's clock; of any tab of the account. */
  readonly usedAtMs: number;
  /** base64url of the credential that opens it; null: only the PIN does. */
  readonly passkeyId: string | null;
}

/** Whether it is closed now. A clock that went back says nothing about how long nobody was there: it counts as too long. */
export function isClosed(kept: KeptLock, nowMs: number): boolean {
  const idleMs = nowMs - kept.usedAtMs;
  if (kept.isLocked || idleMs < 0) return true;
  return kept.afterMinutes > 0 && idleMs >= kept.afterMinutes * 60_000;
}

export const lockKey = (accountId: string) => `hexkey/v1/app-lock/${accountId}`;

/** Null for none. What cannot be read is a lock that is closed: damage must not open it. */
export function readLock(text: string | null): KeptLock | null {
  if (text === null) return null;
  const kept = parse(text);
  return {
    afterMinutes: lockMinutes.find((minutes) => minutes === kept.afterMinutes) ?? 0,
    isLocked: kept.isLocked !== false,
    usedAtMs: typeof kept.usedAtMs === 'number' && Number.isFinite(kept.usedAtMs) ? kept.usedAtMs : 0,
    passkeyId: typeof kept.passkeyId === 'string' ? kept.passkeyId : null,
  };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
