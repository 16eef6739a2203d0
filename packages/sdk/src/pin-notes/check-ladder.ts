/** How far the periodic check of the PIN has come on this device. */
export interface CheckLadder {
  /** 0 after the PIN was set or changed; one more with each check that was passed. */
  readonly rung: number;
  /** When the interval of this rung began, by this device's clock. */
  readonly sinceMs: number;
}

const firstIntervalMs = 10 * 60_000;
/** The last rung that doubles: 1280 minutes. */
const lastDoubling = 7;
const dayMs = 24 * 60 * 60_000;

/** The ladder after the PIN was set, changed or shown by a new login: the first check is ten minutes away. */
export const ladderFrom = (nowMs: number): CheckLadder => ({ rung: 0, sinceMs: nowMs });

/** 10, 20, 40 … 1280 minutes, then 24 hours (product specification, section 2). */
export function checkIntervalMs({ rung }: CheckLadder): number {
  return rung > lastDoubling ? dayMs : firstIntervalMs * 2 ** rung;
}

/** Whether the wallet asks for the PIN when it is opened now. A clock that was set back asks: how long ago the last check was is unknown. */
export function isCheckDue(ladder: CheckLadder | null, nowMs: number): boolean {
  if (ladder === null || nowMs < ladder.sinceMs) return true;
  return nowMs - ladder.sinceMs >= checkIntervalMs(ladder);
}

/** The ladder after a check that was due was passed. */
export function afterCheck(ladder: CheckLadder | null, nowMs: number): CheckLadder {
  return ladder === null
    ? ladderFrom(nowMs)
    : { rung: Math.min(ladder.rung + 1, lastDoubling + 1), sinceMs: nowMs };
}
