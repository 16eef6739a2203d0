import type { Generated } from 'kysely';
import type { DeletionTables } from './deletion-tables.ts';
import type { LegacyTables } from './legacy-tables.ts';
import type { MessagingTables } from './messaging-tables.ts';
import type { SupportTables } from './support-tables.ts';
import type { WalletTables } from './wallet-tables.ts';

export type * from './deletion-tables.ts';
export type * from './legacy-tables.ts';
export type * from './messaging-tables.ts';
export type * from './support-tables.ts';
export type * from './wallet-tables.ts';

/** Column types as both databases give them; `bytea` comes as a Uint8Array (a Buffer from PostgreSQL). Times in ms. */
export interface Tables extends DeletionTables, LegacyTables, MessagingTables, SupportTables, WalletTables {
  accounts: AccountsTable;
  sessions: SessionsTable;
  request_nonces: RequestNoncesTable;
  login_challenges: LoginChallengesTable;
  phone_verifications: PhoneVerificationsTable;
  pin_challenges: PinChallengesTable;
  log_entries: LogEntriesTable;
  limits: LimitsTable;
  log_heads: LogHeadsTable;
  prepared_secrets: PreparedSecretsTable;
  avatars: AvatarsTable;
  contacts: ContactsTable;
  blocks: BlocksTable;
  device_keys: DeviceKeysTable;
  team_queue: TeamQueueTable;
  recovery_contacts: RecoveryContactsTable;
  recovery_contact_codes: RecoveryContactCodesTable;
  contact_logins: ContactLoginsTable;
  drills: DrillsTable;
  open_drills: OpenDrillsTable;
  reminders: RemindersTable;
  captchas: CaptchasTable;
  device_links: DeviceLinksTable;
  device_lists: DeviceListsTable;
  privacy_settings: PrivacySettingsTable;
  reports: ReportsTable;
  help_counts: HelpCountsTable;
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
  /** The set the PIN came from, until a device has seen all its nodes erase their records. */
  left_node_set_hash: Uint8Array | null;
  sealed_entropy: Uint8Array | null;
  pin_set_at_ms: number | null;
  /** When the owner passed the check of the written-down words. */
  words_backed_up_at_ms: number | null;
  /** When a code sent to the number was last right. */
  phone_verified_at_ms: number | null;
  /** To the hour; null for a PIN last shown before this was kept. */
  last_pin_at_ms: number | null;
  /** A tombstone: its ids stay taken, everything else of the account is gone. */
  deleted_at_ms: number | null;
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
  /** To the minute; null for a login from before this was kept. */
  last_seen_at_ms: number | null;
  last_place: string | null;
  /** When it first showed the PIN; null while it has not. Its hold counts from then on. */
  full_at_ms: number | null;
  /** It made the wallet, or another device approved it. */
  hold_ended: boolean;
  /** Of a rehearsal: no device, good for nothing but to see that it is there. */
  is_drill: boolean;
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
  purpose: 'register' | 'login' | 'link' | 'delete';
  phone_hash: Uint8Array;
  phone_sealed: Uint8Array;
  /** HMAC(code key, verification id || code) */
  code_mac: Uint8Array;
  tries_left: number;
  expires_at_ms: number;
  /** The only session it serves; null before there is one. */
  for_session_id: string | null;
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

/** A new S_pin that is about to take the place of the account's. */
export interface PreparedSecretsTable {
  account_id: string;
  pin_auth_key: Uint8Array;
  /** Null for an account whose entropy is reached by words only. */
  sealed_entropy: Uint8Array | null;
  prepared_at_ms: number;
  /** What takes the place of the wallet's own; null for an account without one. */
  sealed_shares: Uint8Array | null;
  aik: Uint8Array | null;
  address_signature: Uint8Array | null;
}

export interface LogHeadsTable {
  account_id: string;
  revision: number;
  /** Opened by the owner's devices only. */
  sealed: Uint8Array;
}

export interface AvatarsTable {
  account_id: string;
  id: Uint8Array;
  media_type: 'image/png' | 'image/jpeg' | 'image/webp';
  image: Uint8Array;
}

/** `owner_id` has added `contact_id`: one-sided. */
export interface ContactsTable {
  owner_id: string;
  contact_id: string;
  added_at_ms: number;
}

export interface BlocksTable {
  owner_id: string;
  blocked_id: string;
  blocked_at_ms: number;
}

export interface DeviceKeysTable {
  session_id: string;
  /** X25519 public key. */
  hpke_key: Uint8Array;
  /** By the device key. */
  signature: Uint8Array;
  published_at_ms: number;
}

/** A message sealed to one device, until that device has acked it. */
export interface TeamQueueTable {
  id: string;
  session_id: string;
  sent_at_ms: number;
  encapsulated_key: Uint8Array;
  ciphertext: Uint8Array;
  expires_at_ms: number;
}

export interface RecoveryContactsTable {
  owner_id: string;
  contact_id: string;
  set_at_ms: number;
  /** When the owner was told that the contact could not help any more. */
  loss_told_at_ms: number | null;
}

export interface RecoveryContactCodesTable {
  owner_id: string;
  id: string;
  contact_id: string;
  /** The session that asked, and the only one the code serves. */
  session_id: string;
  code_mac: Uint8Array;
  tries_left: number;
  expires_at_ms: number;
  is_used: boolean;
}

export interface ContactLoginsTable {
  id: string;
  account_id: string;
  expires_at_ms: number;
  /** When a code was last asked for; null while none was. */
  requested_at_ms: number | null;
  place: string | null;
  code_mac: Uint8Array | null;
  code_expires_at_ms: number | null;
  tries_left: number;
  used_by_device_key: Uint8Array | null;
  session_id: string | null;
  refused_at_ms: number | null;
}

export type RecoveryMethod = 'phone' | 'words' | 'contact';
/** A rehearsal that is under way, or has worked and is remembered for a retry until it expires. */
export interface OpenDrillsTable {
  account_id: string;
  /** Who began it and may end it. */
  opened_by_session_id: string;
  method: RecoveryMethod;
  /** Of the login that counts as a rehearsal. */
  device_key: Uint8Array;
  expires_at_ms: number;
  /** Its login was seen. */
  got_in: boolean;
  worked_at_ms: number | null;
}

export interface DrillsTable {
  account_id: string;
  method: RecoveryMethod;
  worked_at_ms: number;
}

export type Reminder = 'kit' | 'phone';
export interface RemindersTable {
  account_id: string;
  reminder: Reminder;
  snoozed_until_ms: number;
}

export interface CaptchasTable {
  id: string;
  challenge: Uint8Array;
  proof_of_work_bits: number;
  expires_at_ms: number;
}

/** A new device that waits to be let in by a logged-in one. */
export interface DeviceLinksTable {
  id: string;
  device_key: Uint8Array;
  device_name: string;
  platform: 'web' | 'cli';
  place: string | null;
  expires_at_ms: number;
  /** The session that scanned it; the link goes with that session. Null before. */
  opened_by_session_id: string | null;
  /** E sealed to the new device: null until the owner has approved. */
  encapsulated_key: Uint8Array | null;
  ciphertext: Uint8Array | null;
  /** What the new device has collected. */
  session_id: string | null;
}

/** Signed by the account identity key; the clients of others verify it (docs/protocol/messaging.md section 1). */
export interface DeviceListsTable {
  account_id: string;
  version: number;
  list: Uint8Array;
  signature: Uint8Array;
}

/** Absent for an account that has chosen nothing: everybody. */
export interface PrivacySettingsTable {
  account_id: string;
  messages_from: 'everybody' | 'contacts';
  groups_from: 'everybody' | 'contacts';
  found_by_phone: 'everybody' | 'contacts' | 'nobody';
}

export interface ReportsTable {
  id: string;
  reporter_id: string;
  reported_id: string;
  reason: 'spam' | 'abuse' | 'impersonation' | 'other';
  /** What the reporter chose to include. */
  content: string | null;
  reported_at_ms: number;
}

/** Of a help article; nothing about who read it. */
export interface HelpCountsTable {
  article_id: string;
  readers: number;
  helpful: number;
  not_helpful: number;
}
