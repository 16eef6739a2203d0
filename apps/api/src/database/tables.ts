import type { Generated } from 'kysely';

/** Column types as both databases give them; `bytea` comes as a Uint8Array (a Buffer from PostgreSQL). Times in ms. */
export interface Tables {
  accounts: AccountsTable;
  sessions: SessionsTable;
  request_nonces: RequestNoncesTable;
  login_challenges: LoginChallengesTable;
  phone_verifications: PhoneVerificationsTable;
  pin_challenges: PinChallengesTable;
  log_entries: LogEntriesTable;
  limits: LimitsTable;
}

export interface AccountsTable {
  id: string;
  hexkey_id: string;
  name: string | null;
  registered_with: 'words' | 'phone';
  created_at_ms: number;
  /** Ed25519 public key derived from the words' entropy. */
  login_key: Uint8Array | null;
  /** HMAC of the number under the lookup key. */
  phone_hash: Uint8Array | null;
  /** The number, sealed under the phone key. */
  phone_sealed: Uint8Array | null;
  pin_state: 'unset' | 'prepared' | 'set';
  pin_auth_key: Uint8Array | null;
  node_set_hash: Uint8Array | null;
  sealed_entropy: Uint8Array | null;
  pin_set_at_ms: number | null;
}

export interface SessionsTable {
  id: string;
  account_id: string;
  device_key: Uint8Array;
  device_name: string;
  platform: 'web' | 'cli';
  state: 'locked' | 'full';
  created_at_ms: number;
  /** When a locked session ends; null once full. */
  ends_at_ms: number | null;
}

export interface RequestNoncesTable {
  session_id: string;
  nonce: string;
  expires_at_ms: number;
}

export interface LoginChallengesTable {
  id: string;
  purpose: 'register' | 'login';
  login_key: Uint8Array;
  challenge: Uint8Array;
  proof_of_work_bits: number;
  expires_at_ms: number;
}

export interface PhoneVerificationsTable {
  id: string;
  purpose: 'register' | 'login';
  phone_hash: Uint8Array;
  phone_sealed: Uint8Array;
  /** HMAC(code key, verification id || code) */
  code_mac: Uint8Array;
  tries_left: number;
  expires_at_ms: number;
  /** Set by the right code: the same device may repeat its request and gets the same session. */
  used_by_device_key: Uint8Array | null;
  session_id: string | null;
}

export interface PinChallengesTable {
  nonce: Uint8Array;
  session_id: string;
  expires_at_ms: number;
}

export interface LogEntriesTable {
  id: string;
  account_id: string;
  session_id: string;
  operation: string;
  outcome: 'success' | 'wrong-pin' | 'locked';
  at_ms: number;
  device: string;
  place: string | null;
}

export interface LimitsTable {
  name: string;
  /** HMAC of who is limited. */
  subject: Uint8Array;
  /** Times of what still counts, oldest first. */
  spent_at_ms: Generated<number[]>;
  /** When the last of them stops counting. */
  expires_at_ms: number;
}
