import { DomainError } from '@hexkey/contract';
import type { Session } from '../sessions/sessions.store.ts';

export const holdMs = 24 * 60 * 60_000;

/**
 * Until when a device may not transfer, raise limits or approve others: a day from its first PIN, unless it made the wallet or another device
 * approved it (docs/protocol/wallet.md section 4). Null when it may.
 */
export function holdUntilMs(
  session: Pick<Session, 'full_at_ms' | 'created_at_ms' | 'hold_ended'>,
  nowMs: number,
): number | null {
  if (session.hold_ended) return null;
  const untilMs = (session.full_at_ms ?? session.created_at_ms) + holdMs;
  return untilMs > nowMs ? untilMs : null;
}

/** @throws {DomainError} `DeviceOnHold` */
export function requireNoHold(session: Session, nowMs: number): void {
  const untilMs = holdUntilMs(session, nowMs);
  if (untilMs !== null) throw new DomainError('DeviceOnHold', { untilMs });
}
