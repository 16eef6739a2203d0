/** One unlock: the PIN is typed, the secret is there. */
export interface Unlock {
  readonly totalMs: number;
  /** Of these in argon2id, which no network makes faster; null when the client does not tell. */
  readonly hashMs: number | null;
}

export interface Unlocks {
  unlock(): Promise<Unlock>;
  /** Resolves when late nodes have been told. */
  settled(): Promise<void>;
}

/** @param fraction 0.5 for the median; the nearest rank, so one of the values */
export function percentile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.max(Math.ceil(fraction * sorted.length) - 1, 0)] ?? Number.NaN;
}

/** @returns null when it has not ended by then */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
