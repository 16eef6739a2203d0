/** A wait split for reading: whole days, and the rest as a clock. */
export interface Countdown {
  readonly days: number;
  /** `23:59:58`, or `4:12` below an hour. */
  readonly clock: string;
}

/** Rounds up to the second, so that the last second shows 0:01 and 0:00 means over. @param leftMs below 0 counts as 0 */
export function countdownOf(leftMs: number): Countdown {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = String(seconds % 60).padStart(2, '0');
  if (days === 0 && hours === 0) return { days, clock: `${minutes}:${rest}` };
  return { days, clock: `${hours}:${String(minutes).padStart(2, '0')}:${rest}` };
}

/** A wait in whole minutes, rounded up: for voices, which would say nothing else if they counted seconds. */
export const wholeMinutes = (leftMs: number) => Math.ceil(leftMs / 60_000) * 60_000;
