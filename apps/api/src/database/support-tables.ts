import type { GeneratedAlways } from 'kysely';

export interface SupportTables {
  support_tickets: SupportTicketsTable;
  support_messages: SupportMessagesTable;
  support_logs: SupportLogsTable;
  admin_actions: AdminActionsTable;
  named_keys: NamedKeysTable;
  used_operator_challenges: UsedOperatorChallengesTable;
}

export interface SupportTicketsTable {
  id: string;
  /** Eight random digits that people quote. */
  number: string;
  /** `ticketKeyHash` of the key that opens it. */
  key_hash: Uint8Array;
  /** null: opened without an account, and not linked to one since. */
  account_id: string | null;
  locale: 'en' | 'zh';
  state: 'open' | 'closed';
  /** The last word is the asker's. */
  awaits_answer: boolean;
  opened_at_ms: number;
  last_message_at_ms: number;
}

export interface SupportMessagesTable {
  ticket_id: string;
  /** Chosen by whoever wrote it: sent again, it is there already. */
  id: string;
  sender: 'asker' | 'support';
  text: string;
  at_ms: number;
  /** The order in which they came, within a millisecond too. */
  place: GeneratedAlways<number>;
}

export interface SupportLogsTable {
  ticket_id: string;
  /** Each fits `deviceLogLine`. */
  lines: string;
  expires_at_ms: number;
}

/** Rows are only added; the database refuses everything else. */
export interface AdminActionsTable {
  id: string;
  at_ms: number;
  /** A user of the operating system, or the name of a key. */
  operator: string;
  /** Ed25519, of the key that signed it; null: over the local socket. */
  signed_by: Uint8Array | null;
  command: string;
  /** A Hexkey ID, the number of a ticket, a job: what it was done to. */
  subject: string | null;
  /** `done`, or the name of the refusal. */
  outcome: string;
  /** The order in which they came. */
  place: GeneratedAlways<number>;
}

/** Who may ask over a network. Rows are never removed: a name stays whose it was. */
export interface NamedKeysTable {
  name: string;
  /** Ed25519; the operator alone holds the seed. */
  public_key: Uint8Array;
  added_at_ms: number;
  /** null: it may. */
  removed_at_ms: number | null;
}

/** Challenges that were signed, until they would have ended by themselves. */
export interface UsedOperatorChallengesTable {
  challenge: Uint8Array;
  expires_at_ms: number;
}
