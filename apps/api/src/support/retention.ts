const dayMs = 24 * 60 * 60_000;

/** A device's log is kept this long after it was sent. */
export const logsKeptMs = 30 * dayMs;
/** A ticket is kept this long after its last message. */
export const ticketsKeptMs = 90 * dayMs;
