import type { Payee } from './send-flow.ts';

/** What is known of a payment before its page opens. */
export interface SendStart {
  /** A new one for each start, so that the page begins anew. */
  readonly place: number;
  readonly to?: Payee;
  /** Null is SOL. */
  readonly mint?: string | null;
  /** Where its card is said. */
  readonly chatId?: string;
}

export const noStart: SendStart = { place: 0 };
