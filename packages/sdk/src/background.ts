/** Work that goes on after an operation has answered. */
export interface Background {
  add(work: Promise<unknown>): void;
  /** Resolves when none is left. */
  settled(): Promise<void>;
}

/** @param reportBug told what a piece of work rejects with: expected failures are values inside it */
export function createBackground(reportBug: (error: unknown) => void): Background {
  const running = new Set<Promise<unknown>>();
  return {
    add(work) {
      const watched = work.catch(reportBug).finally(() => running.delete(watched));
      running.add(watched);
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
