import type { EnvelopePush, TeamPush } from '@hexkey/protocol';

/** Something that waits in a queue and is acked by its id. */
export type Push = EnvelopePush | TeamPush;

/** What is on its way to one device. */
export interface PushWindow {
  /** Something was queued that this window has not been offered. */
  look(): void;
  /** Something was queued just now, and what was queued before it in its group was offered or will be found by looking. */
  offer(push: EnvelopePush): void;
  /** Resolves when everything that is in the queue now was pushed and acked; not at all when the connection ends first. */
  caughtUp(): Promise<void>;
  /** Whether this connection has pushed it and not seen its ack. */
  isInFlight(id: string): boolean;
  /** Durably out of the queue. */
  acked(ids: readonly string[]): void;
}

/** Unacked pushes a device is sent at most. */
const maxInFlight = 100;
/** A device that reads slower than we write gets no more until it acks. */
const maxBufferedBytes = 1_048_576;

/**
 * Pushes what waits for a device, in the order of the queue, at most `maxInFlight` unacked. What is offered goes out from memory as long as the
 * window has everything before it; otherwise the queue is read, without what is on its way or read already.
 * @param read what waits, oldest first, without some ids; at most `limit`
 */
export function pushWindow(given: {
  readonly send: (push: Push) => void;
  readonly bufferedBytes: () => number;
  readonly read: (without: readonly string[], limit: number) => Promise<readonly Push[]>;
  readonly onError: (error: Error) => void;
}): PushWindow {
  const inFlight = new Set<string>();
  const waiting: Push[] = [];
  let mayHaveMore = false;
  let isReading = false;
  /** Who waits, for the queue to be read to its end (null) or for these to be acked. */
  const asking: { before: Set<string> | null; readonly resolve: () => void }[] = [];

  const hasRoom = () => inFlight.size < maxInFlight && given.bufferedBytes() <= maxBufferedBytes;
  const flush = () => {
    while (waiting.length > 0 && hasRoom()) {
      const push = waiting.shift() as Push;
      inFlight.add(push.envelopeId);
      given.send(push);
    }
    if (waiting.length === 0 && mayHaveMore && !isReading && hasRoom()) void readMore();
    answerAsking();
  };
  const answerAsking = () => {
    const isRead = waiting.length === 0 && !mayHaveMore && !isReading;
    for (const each of [...asking]) {
      if (isRead) each.before ??= new Set(inFlight);
      if (each.before === null || [...each.before].some((id) => inFlight.has(id))) continue;
      asking.splice(asking.indexOf(each), 1);
      each.resolve();
    }
  };
  const readMore = async () => {
    isReading = true;
    mayHaveMore = false;
    try {
      const found = await given.read([...inFlight], maxInFlight);
      waiting.push(...found);
      if (found.length >= maxInFlight) mayHaveMore = true;
    } catch (error) {
      given.onError(error as Error);
    }
    isReading = false;
    flush();
  };

  return {
    look() {
      mayHaveMore = true;
      flush();
    },
    offer(push) {
      if (inFlight.has(push.envelopeId)) return;
      if (waiting.length > 0 || mayHaveMore || isReading || !hasRoom()) {
        mayHaveMore = true;
        return flush();
      }
      inFlight.add(push.envelopeId);
      given.send(push);
    },
    caughtUp: () =>
      new Promise((resolve) => {
        asking.push({ before: null, resolve });
        mayHaveMore = true;
        flush();
      }),
    isInFlight: (id) => inFlight.has(id),
    acked(ids) {
      for (const id of ids) inFlight.delete(id);
      flush();
    },
  };
}
