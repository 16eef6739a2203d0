import type { TokenBalance } from '../tokens/token-balances.ts';
import type { TransactionError } from '../transactions/transaction-error.ts';
import type { Trace } from './trace.ts';

/** What an execution did, as it is kept for ever. Lamports are decimal text: they go up to 2^64. */
export interface ExecutionRecord extends Trace {
  readonly err: TransactionError | null;
  readonly fee: string;
  /** In the order of the message's accounts. */
  readonly preBalances: readonly string[];
  readonly postBalances: readonly string[];
  readonly preTokenBalances: readonly TokenBalance[];
  readonly postTokenBalances: readonly TokenBalance[];
  readonly memo: string | null;
}
