/** The ledger's own coin: fees are of it. */
export const sol = { symbol: 'SOL', decimals: 9 } as const;
