const firstMs = 500;
const longestMs = 30_000;
/** After so long without a crash a part counts as sound again. */
export const soundAfterMs = 60_000;

/** How long to wait before starting a part again: doubling, so that a part that cannot run does not fill the log. */
export function restartDelayMs(crashesInARow: number): number {
  return Math.min(firstMs * 2 ** (crashesInARow - 1), longestMs);
}
