/** What leaves the wallet. Addresses and mints have 32 bytes, amounts are raw units of the asset. */
export type ReadPayment =
  | { readonly asset: 'sol'; readonly destination: Uint8Array; readonly amount: bigint }
  | {
      readonly asset: 'token';
      readonly program: 'token' | 'token-2022';
      readonly mint: Uint8Array;
      /** Token accounts, not the wallets that own them. */
      readonly source: Uint8Array;
      readonly destination: Uint8Array;
      readonly amount: bigint;
      /** As the message claims; the ledger refuses it when the mint has others. */
      readonly decimals: number;
    };

/** An associated token account that the message makes where it does not exist, paid by the wallet. */
export interface CreatedAccount {
  readonly account: Uint8Array;
  /** The wallet it will belong to; the ledger refuses the message when `account` is not that of owner, mint and program. */
  readonly owner: Uint8Array;
  readonly mint: Uint8Array;
  readonly program: 'token' | 'token-2022';
}
