/** The token that exists for trying things out: worth nothing, one unit of it called a dollar. */
export const testToken = { name: 'Test USD', symbol: 'tUSD', decimals: 6 } as const;
