/** The last time an older copy of the database was put in place, and the era that began with it. */
export interface Restored {
  readonly era: number;
  readonly atMs: number;
}

/** What survives a restart about the node's clock, and about its database having been set back. */
export interface ClockState {
  /** The latest time the node trusted, to the minute. A clock far behind it was set back. */
  readonly highWaterMs: number;
  /** Counts the operator's confirmations and restores. Records of an older era restart their windows. */
  readonly era: number;
  readonly eraStartMs: number;
  /** Why PIN service is stopped, or null. */
  readonly stopped: 'jumped' | 'behind' | null;
  /** Counts the writes of this state; see `RestoreWitness`. */
  readonly ticks: number;
  readonly restored: Restored | null;
}

/** A difference against the monotonic clock, or behind the last run, that stops PIN service. */
export const maxClockJumpMs = 5 * 60_000;
