/** The part of a WebSocket that is used. Frames are text. */
export type LedgerSocket = Pick<WebSocket, 'onopen' | 'onmessage' | 'onclose' | 'onerror' | 'send' | 'close'>;

/** One subscription of the ledger's. */
export interface LedgerRequest {
  readonly method: 'signatureSubscribe' | 'accountSubscribe';
  readonly params: readonly unknown[];
}

/** A socket that listens for some subscriptions until `end`. */
export interface LedgerListener {
  /** The ledger has taken all of them, and the connection stands. */
  isListening(): boolean;
  end(): void;
}

/**
 * Hears of the ledger by its WebSocket (JSON-RPC 2.0; Solana's `…Subscribe`). What it says is not read: a notice only hastens a look, and one that never comes delays it (ADR 73).
 * @param onNotice something that was asked about has changed
 * @param onClose the connection is over, and nothing will be heard any more; not after `end`
 */
export function listenToLedger(
  open: () => LedgerSocket,
  requests: readonly LedgerRequest[],
  onNotice: () => void,
  onClose: () => void = () => undefined,
): LedgerListener {
  let taken = 0;
  let isOver = false;
  const socket = open();
  const end = () => {
    isOver = true;
    socket.close();
  };
  const close = () => {
    if (isOver) return;
    end();
    onClose();
  };
  socket.onopen = () => {
    for (const [id, { method, params }] of requests.entries())
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
  };
  socket.onmessage = ({ data }) => {
    if (isOver) return;
    const kind = kindOf(data);
    // Whoever answers something else, or refuses, is asked by POST only.
    if (kind === null) close();
    else if (kind === 'taken') taken += 1;
    else onNotice();
  };
  socket.onclose = close;
  socket.onerror = close;
  return { isListening: () => !isOver && taken === requests.length, end };
}

function kindOf(data: unknown): 'taken' | 'notice' | null {
  if (typeof data !== 'string') return null;
  try {
    const told: unknown = JSON.parse(data);
    if (typeof told !== 'object' || told === null) return null;
    if ('result' in told && 'id' in told) return 'taken';
    return 'method' in told ? 'notice' : null;
  } catch {
    // No JSON: no ledger.
    return null;
  }
}
