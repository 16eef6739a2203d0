/** What survives a restart about the node's clock. */
export interface ClockState {
  /** The latest time the node trusted, to the minute. A clock far behind it was set back. */
  readonly highWaterMs: number;
  /** Counts the operator's confirmations. Records of an older era restart their windows. */
  readonly era: number;
  readonly eraStartMs: number;
  /** Why PIN service is stopped, or null. */
  readonly stopped: 'jumped' | 'behind' | null;
}

/** A difference against the monotonic clock, or behind the last run, that stops PIN service. */
export const maxClockJumpMs = 5 * 60_000;
