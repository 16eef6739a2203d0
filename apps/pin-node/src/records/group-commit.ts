interface Statement {
  run(): unknown;
}

/** Writes that wait for the same sync of the disk. */
export interface GroupCommit {
  /** @returns what `write` returned, once it is durable; rejected when the group failed, and then nothing of it is kept */
  add<T>(write: () => T): Promise<T>;
  /** Commits now what is waiting. */
  flush(): void;
}

/**
 * Gathers the writes of one turn of the event loop into one transaction: under load a sync of the disk, the dearest
 * thing a node does, serves many requests. Each write sees those before it, so compare-and-swap keeps its meaning.
 */
export function groupCommit(transaction: {
  readonly begin: Statement;
  readonly commit: Statement;
  readonly rollback: Statement;
}): GroupCommit {
  let waiting: { run: () => void; settle: () => void; fail: (error: unknown) => void }[] = [];

  function flush(): void {
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    try {
      transaction.begin.run();
      for (const { run } of group) run();
      transaction.commit.run();
    } catch (error) {
      rollBack();
      for (const { fail } of group) fail(error);
      return;
    }
    for (const { settle } of group) settle();
  }

  function rollBack(): void {
    try {
      transaction.rollback.run();
    } catch {
      // SQLite has already rolled back by itself after some errors; the group fails with the first error either way.
    }
  }

  return {
    flush,
    add: (write) =>
      new Promise((resolve, reject) => {
        let result: ReturnType<typeof write>;
        waiting.push({
          run: () => {
            result = write();
          },
          settle: () => resolve(result),
          fail: reject,
        });
        if (waiting.length === 1) setImmediate(flush);
      }),
  };
}
