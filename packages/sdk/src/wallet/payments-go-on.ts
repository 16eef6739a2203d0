/** What it takes to finish payments that nobody waits for any more. */
interface GoingOn {
  /** Whether a payment of this account is begun or signed, and its end not known. */
  readonly hasOpen: () => Promise<boolean>;
  /** Looks once at each of them, and sends what is signed again. */
  readonly resume: () => Promise<void>;
  /** Resolves after that time, or sooner when trying again makes sense. */
  readonly later: (milliseconds: number) => Promise<void>;
}

export const firstTryMs = 2000;
export const lastTryMs = 30_000;

/**
 * Has payments go on by themselves as long as this page is open: while one is open it is tried again, each time later (ADR 63: it sends what is kept and signs nothing).
 * @returns to be called whenever a payment may have become open
 */
export function paymentsGoOn({ hasOpen, resume, later }: GoingOn): () => Promise<void> {
  let going: Promise<void> | null = null;
  async function goOn(): Promise<void> {
    for (let waitMs = firstTryMs; await hasOpen(); waitMs = Math.min(2 * waitMs, lastTryMs)) {
      await later(waitMs);
      await resume();
    }
  }
  return () => {
    going ??= goOn().finally(() => {
      going = null;
    });
    return going;
  };
}
