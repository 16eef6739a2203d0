/** What may be done together with what others want at the same moment. */
export type MicroBatch<I, O> = (item: I) => Promise<O>;

/**
 * Collects what arrives while the batch before is under way, and runs it together, in the order in which it came: a durable write costs about
 * the same for one and for a hundred. An item is answered when its batch is done.
 * @param run answers in the order of the items; when a batch fails, its items run again one by one, so that only the bad one fails
 */
export function microBatch<I, O>(
  run: (items: readonly I[]) => Promise<readonly O[]>,
  maxItems: number,
): MicroBatch<I, O> {
  const waiting: Waiting<I, O>[] = [];
  let isRunning = false;

  const runAll = async () => {
    isRunning = true;
    while (waiting.length > 0) await settle(run, waiting.splice(0, maxItems));
    isRunning = false;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // In the next turn of the loop: frames that were read together go together.
      if (!isRunning) {
        isRunning = true;
        setImmediate(() => void runAll());
      }
    });
}

interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (answer: O) => void;
  readonly reject: (error: unknown) => void;
}

async function settle<I, O>(
  run: (items: readonly I[]) => Promise<readonly O[]>,
  batch: readonly Waiting<I, O>[],
): Promise<void> {
  try {
    const answers = await run(batch.map(({ item }) => item));
    batch.forEach(({ resolve }, index) => {
      resolve(answers[index] as O);
    });
  } catch (error) {
    if (batch.length === 1) return batch[0]?.reject(error);
    for (const alone of batch) await settle(run, [alone]);
  }
}
