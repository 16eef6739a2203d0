/** Work on each of some things, one round at a time for each. */
export interface EachWork<Id> {
  /** There may be something to do for this one: a round begins now, or another after the one that runs. */
  start(id: Id): void;
  /** Resolves when no round runs. */
  idle(): Promise<void>;
}

/**
 * @param round resolves to whether to go on with another at once
 * @param failed told what a round throws; the next `start` begins anew
 */
export function workEach<Id>(
  round: (id: Id) => Promise<boolean>,
  failed: (error: unknown) => void,
): EachWork<Id> {
  const running = new Map<Id, { again: boolean; readonly work: Promise<void> }>();

  async function work(id: Id, state: { again: boolean }): Promise<void> {
    try {
      do state.again = false;
      while ((await round(id)) || state.again);
    } catch (error) {
      failed(error);
    } finally {
      // In the same turn in which it was seen that nobody asks for more: whoever asks from now on begins a new round.
      running.delete(id);
    }
  }

  return {
    start(id) {
      const there = running.get(id);
      if (there !== undefined) {
        there.again = true;
        return;
      }
      const state = { again: false, work: Promise.resolve() };
      running.set(id, state);
      // A turn later, so that what a round says while it begins finds it running.
      state.work = Promise.resolve().then(() => work(id, state));
    },
    async idle() {
      while (running.size > 0) await Promise.all([...running.values()].map((one) => one.work));
    },
  };
}
