/** Accounts that came from another system, which checked their PINs itself. */
export interface LegacyTables {
  legacy_accounts: LegacyAccountsTable;
}

export interface LegacyAccountsTable {
  account_id: string;
  /** Of the old PIN, sealed under the server's key; null from the moment the new PIN is set. */
  hash_sealed: Uint8Array | null;
  /** What the other system calls the account, for its operator. */
  reference: string | null;
  imported_at_ms: number;
  upgraded_at_ms: number | null;
}
