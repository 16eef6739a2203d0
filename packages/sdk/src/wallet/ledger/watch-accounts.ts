import { type LedgerListener, type LedgerSocket, listenToLedger } from './ledger-notices.ts';

const firstReconnectMs = 2000;
const lastReconnectMs = 60_000;

/**
 * Calls back whenever one of these accounts changes on the ledger. A connection that breaks is made anew, each time later.
 * @param addresses base58; asked anew for each connection, so that a token account that is new is heard of too
 * @returns the end of it
 */
export function watchAccounts(
  open: () => LedgerSocket,
  addresses: () => Promise<readonly string[]>,
  wait: (milliseconds: number) => Promise<void>,
  onChange: () => void,
): () => void {
  let isOver = false;
  let listener: LedgerListener | null = null;
  let reconnectMs = firstReconnectMs;
  const settings = { commitment: 'confirmed', encoding: 'base64' };

  async function connect(): Promise<void> {
    const all = await addresses();
    if (isOver) return;
    const requests = all.map(
      (address) => ({ method: 'accountSubscribe', params: [address, settings] }) as const,
    );
    listener = listenToLedger(open, requests, heard, () => void again());
  }
  function heard(): void {
    reconnectMs = firstReconnectMs;
    onChange();
  }
  async function again(): Promise<void> {
    await wait(reconnectMs);
    reconnectMs = Math.min(2 * reconnectMs, lastReconnectMs);
    if (!isOver) await connect().catch(() => again());
  }
  void connect().catch(() => again());
  return () => {
    isOver = true;
    listener?.end();
  };
}
