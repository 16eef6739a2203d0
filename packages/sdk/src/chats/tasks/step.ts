/** What became of trying an order. */
export type Step =
  /** It is over: its writer has ended it. */
  | 'done'
  /** Again at once: something has moved. */
  | 'again'
  /** Until an envelope comes, the connection is back, or the owner does something. */
  | 'wait'
  | { readonly retryAfterMs: number };
