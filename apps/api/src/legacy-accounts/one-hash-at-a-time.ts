let last: Promise<unknown> = Promise.resolve();

/** Hashes of old PINs cost memory and a core on purpose: one is computed at a time in this process, the others wait. */
export function oneHashAtATime<T>(compute: () => Promise<T>): Promise<T> {
  const turn = last.then(compute);
  last = turn.catch(() => undefined);
  return turn;
}
