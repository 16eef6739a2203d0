/** Tables of accounts that are to be deleted, and of those that are. */
export interface DeletionTables {
  account_deletions: AccountDeletionsTable;
  erase_deliveries: EraseDeliveriesTable;
}

/** What an owner last said about deleting the account. `executed`: with the row in `accounts` all that is left of it. */
export interface AccountDeletionsTable {
  account_id: string;
  /** The set whose nodes are told. */
  node_set_hash: Uint8Array;
  requested_at_ms: number;
  effective_at_ms: number;
  /** Of the order, or of the withdrawal that took it back. */
  sequence: number;
  /** By the PIN-auth key, over order or withdrawal. */
  signature: Uint8Array;
  state: 'pending' | 'withdrawn' | 'executed';
}

/** A node that is to be told what the row of the account says. An order is told for ever: a node may be put back from a backup. */
export interface EraseDeliveriesTable {
  account_id: string;
  realm_id: string;
  due_at_ms: number;
}
