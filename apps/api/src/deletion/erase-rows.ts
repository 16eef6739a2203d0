import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

type EraseTable = ((db: Kysely<Tables>, accountId: string, nowMs: number) => Promise<unknown>) | null;

/** Deletes the rows in which a column is the account. */
const rowsOf =
  <T extends keyof Tables>(table: T, ...columns: readonly (keyof Tables[T] & string)[]): EraseTable =>
  async (db, accountId) => {
    for (const column of columns)
      await db
        .deleteFrom(table as 'sessions')
        .where(column as 'account_id', '=', accountId)
        .execute();
  };

/** What hangs on sessions: they have ended, and the database has taken it along. */
const goneWithSessions = null;
/** Names no account. */
const ofNobody = null;
/** Other people's: it names the tombstone, whom they knew. */
const ofOthers = null;

/**
 * What deleting an account does to each table. A new table does not compile before it is decided here. In this order: what names the number
 * or the devices is found by rows that go later.
 */
const erasures: { readonly [T in keyof Tables]: EraseTable } = {
  // Codes to its number, and those to an earlier one that a device of it asked for or used.
  phone_verifications: (db, accountId) =>
    db
      .deleteFrom('phone_verifications')
      .where((which) => {
        const devices = which
          .selectFrom('log_entries')
          .select('session_id')
          .where('account_id', '=', accountId)
          .$castTo<{ session_id: string }>();
        return which.or([
          which(
            'phone_hash',
            'in',
            which.selectFrom('accounts').select('phone_hash').where('id', '=', accountId),
          ),
          which('session_id', 'in', devices),
          which('for_session_id', 'in', devices),
        ]);
      })
      .execute(),
  // Those of the number. The others are under keyed hashes that nothing leads to, and run out.
  limits: (db, accountId) =>
    db
      .deleteFrom('limits')
      .where('subject', 'in', (accounts) =>
        accounts.selectFrom('accounts').select('phone_hash').where('id', '=', accountId),
      )
      .execute(),
  login_challenges: (db, accountId) =>
    db
      .deleteFrom('login_challenges')
      .where('login_key', 'in', (accounts) =>
        accounts.selectFrom('accounts').select('login_key').where('id', '=', accountId),
      )
      .execute(),
  // Of devices that have a leaf, and of those that lost it and are in the log of what they did.
  sent_ids: (db, accountId) =>
    db
      .deleteFrom('sent_ids')
      .where('device_id', 'in', (devices) =>
        devices
          .selectFrom('group_leaves')
          .select('device_id')
          .where('account_id', '=', accountId)
          .union(
            devices
              .selectFrom('log_entries')
              .select('session_id as device_id')
              .where('account_id', '=', accountId),
          ),
      )
      .execute(),
  // Both as old as the request at least, so that nobody waits for them any more.
  envelopes: rowsOf('envelopes', 'sender_account_id'),
  envelope_queue: rowsOf('envelope_queue', 'account_id'),
  // Their bytes follow: what no row names is removed by the job.
  attachments: rowsOf('attachments', 'account_id'),
  attachment_queue: rowsOf('attachment_queue', 'account_id'),
  device_links: goneWithSessions,
  device_keys: goneWithSessions,
  push_subscriptions: goneWithSessions,
  team_queue: goneWithSessions,
  request_nonces: goneWithSessions,
  pin_challenges: goneWithSessions,
  pay_keys: rowsOf('pay_keys', 'account_id'),
  key_packages: rowsOf('key_packages', 'account_id'),
  sessions: rowsOf('sessions', 'account_id'),
  log_entries: rowsOf('log_entries', 'account_id'),
  log_heads: rowsOf('log_heads', 'account_id'),
  legacy_accounts: rowsOf('legacy_accounts', 'account_id'),
  prepared_secrets: rowsOf('prepared_secrets', 'account_id'),
  avatars: rowsOf('avatars', 'account_id'),
  contacts: rowsOf('contacts', 'owner_id'),
  // Being blocked is nothing that anybody needs against a tombstone.
  blocks: rowsOf('blocks', 'owner_id', 'blocked_id'),
  // Those of others name the tombstone until their owner has chosen somebody else; they are told.
  recovery_contacts: rowsOf('recovery_contacts', 'owner_id'),
  recovery_contact_codes: rowsOf('recovery_contact_codes', 'owner_id', 'contact_id'),
  contact_logins: rowsOf('contact_logins', 'account_id'),
  drills: rowsOf('drills', 'account_id'),
  open_drills: rowsOf('open_drills', 'account_id'),
  reminders: rowsOf('reminders', 'account_id'),
  device_lists: rowsOf('device_lists', 'account_id'),
  privacy_settings: rowsOf('privacy_settings', 'account_id'),
  // What others reported may quote the account.
  reports: rowsOf('reports', 'reporter_id', 'reported_id'),
  wallets: rowsOf('wallets', 'account_id'),
  transfers: rowsOf('transfers', 'account_id'),
  join_requests: rowsOf('join_requests', 'account_id'),
  // Their messages and logs go with them.
  support_tickets: rowsOf('support_tickets', 'account_id'),
  support_messages: null,
  support_logs: null,
  // What operators did is never taken back; it names Hexkey IDs.
  admin_actions: ofOthers,
  named_keys: ofOthers,
  used_operator_challenges: ofNobody,
  groups: ofOthers,
  group_members: ofOthers,
  group_leaves: ofOthers,
  group_invites: ofNobody,
  captchas: ofNobody,
  help_counts: ofNobody,
  accounts: (db, accountId, nowMs) =>
    db
      .updateTable('accounts')
      .set({
        name: null,
        registered_with: 'words',
        created_at_ms: 0,
        login_key: null,
        phone_hash: null,
        phone_sealed: null,
        pin_state: 'unset',
        pin_auth_key: null,
        node_set_hash: null,
        left_node_set_hash: null,
        sealed_entropy: null,
        pin_set_at_ms: null,
        words_backed_up_at_ms: null,
        phone_verified_at_ms: null,
        last_pin_at_ms: null,
        deleted_at_ms: nowMs,
      })
      .where('id', '=', accountId)
      .execute(),
  // The order stays: nodes that were away, or are put back from a backup, are given it.
  account_deletions: null,
  erase_deliveries: null,
};

/** The tombstone is what is left: id, Hexkey ID and the order to erase. Call inside a transaction. */
export async function eraseRows(db: Kysely<Tables>, accountId: string, nowMs: number): Promise<void> {
  for (const erase of Object.values(erasures)) await erase?.(db, accountId, nowMs);
}
