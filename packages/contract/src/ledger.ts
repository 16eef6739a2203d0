import { type Static, Type } from 'typebox';
import { Exact, Nullable } from './schemas.ts';

/** The Solana ledger behind this server (docs/protocol/devnet.md). */
export const Ledger = Exact({
  /** `devnet`: a local one with a faucet, whose money is worth nothing. `cluster`: any other. */
  kind: Type.Union([Type.Literal('devnet'), Type.Literal('cluster')]),
  /** On this origin: JSON-RPC by POST, subscriptions by WebSocket. */
  path: Type.String({ pattern: '^/[a-z-]+/$' }),
  /** What the faucet gives beside SOL; null on a cluster. */
  testToken: Nullable(
    Exact({
      /** Address in base58. */
      mint: Type.String({ pattern: '^[1-9A-HJ-NP-Za-km-z]{32,44}$' }),
      name: Type.String(),
      symbol: Type.String(),
      decimals: Type.Integer({ minimum: 0, maximum: 255 }),
    }),
  ),
});
export type LedgerInfo = Static<typeof Ledger>;
