import { type LedgerSocket, listenToLedger } from './ledger-notices.ts';

const betweenLooksMs = 400;
/** While the ledger is going to say so anyway. */
const whileListeningMs = 5000;

/** The time between two looks at one transaction. */
export interface SignatureWait {
  /** Resolves when it is time to look again, with the milliseconds that were waited for. */
  next(): Promise<number>;
  end(): void;
}

/** Waits for the ledger's own word where it has a WebSocket, and for a while where it has none. @param open absent: none */
export function awaitSignature(
  open: (() => LedgerSocket) | undefined,
  signature: string,
  wait: (milliseconds: number) => Promise<void>,
): SignatureWait {
  const waitFor = async (milliseconds: number) => {
    await wait(milliseconds);
    return milliseconds;
  };
  if (open === undefined) return { next: () => waitFor(betweenLooksMs), end: () => undefined };
  let tell: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  let isTold = false;
  const stop = () => {
    isTold = true;
    tell();
  };
  const listener = listenToLedger(
    open,
    [{ method: 'signatureSubscribe', params: [signature, { commitment: 'confirmed' }] }],
    stop,
    stop,
  );
  return {
    // Whatever was said once has been said: from then on it is time that passes.
    next: () =>
      isTold
        ? waitFor(betweenLooksMs)
        : Promise.race([
            told.then(() => 0),
            waitFor(listener.isListening() ? whileListeningMs : betweenLooksMs),
          ]),
    end: () => listener.end(),
  };
}
