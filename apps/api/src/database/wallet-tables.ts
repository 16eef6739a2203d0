/** Tables of wallets and transfers. */
export interface WalletTables {
  wallets: WalletsTable;
  pay_keys: PayKeysTable;
  transfers: TransfersTable;
}

export interface WalletsTable {
  account_id: string;
  /** The group's public key: the address. */
  public_key: Uint8Array;
  epoch: number;
  ceremony: Uint8Array;
  /** JSON of the members of the public package in `WalletRecord`. */
  package: string;
  /** JSON of `WalletRecord.vouchers`. */
  vouchers: string;
  /** The client's shares under S_pin and the account shard. */
  sealed_shares: Uint8Array;
  aik: Uint8Array;
  address_signature: Uint8Array;
  created_at_ms: number;
  /** JSON of `WalletLimitsView`; null while the owner has set none. */
  limits: string | null;
  /** Those that hold from `pending_from_ms` on. */
  pending_limits: string | null;
  pending_from_ms: number | null;
}

export interface PayKeysTable {
  session_id: string;
  account_id: string;
  /** Ed25519. */
  key: Uint8Array;
  window_ms: number;
  /** When this session last showed the PIN. */
  pin_at_ms: number;
}

export interface TransfersTable {
  account_id: string;
  intent_id: string;
  created_at_ms: number;
  message: Uint8Array;
  recipient_hexkey_id: string | null;
  /** What it costs the limits; decimal. */
  lamports: string;
  mint: Uint8Array | null;
  amount: string | null;
  state: 'announced' | 'signed' | 'confirmed' | 'failed' | 'expired';
  failure: string | null;
  signed_transaction: Uint8Array | null;
}
