import type { Random } from '@hexkey/protocol';
import type { Insertable } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { newUuid } from '../identifiers.ts';

/** Whose the rows are, and who else is in them. */
export interface RowsOf {
  readonly accountId: string;
  readonly hexkeyId: string;
  readonly phoneHash: Uint8Array;
  readonly loginKey: Uint8Array;
  /** Of a session that is yet to come. */
  readonly deviceId: string;
  /** Logged out: it has no session and no leaf any more. */
  readonly goneDeviceId: string;
  /** Contact, sender, reporter: whoever the account has to do with. */
  readonly otherId: string;
  readonly otherDeviceId: string;
  /** In every text and every key, so that a search finds what is left; 32 characters. */
  readonly mark: string;
  readonly nowMs: number;
  readonly random: Random;
}

/**
 * Rows of one account in every table, in an order in which they can be inserted: besides what is in `accounts` already. A new table does not
 * compile before it has one here; `[]` says that its rows are of nobody.
 */
export function rowsEverywhere(of: RowsOf): {
  readonly [T in keyof Tables]: readonly Insertable<Tables[T]>[];
} {
  const { accountId, deviceId, goneDeviceId, otherId, otherDeviceId, mark, nowMs } = of;
  const bytes = Uint8Array.from(Buffer.from(mark));
  const id = () => newUuid(of.random);
  const account_id = accountId;
  const session_id = deviceId;
  const later = { expires_at_ms: nowMs + 365 * 24 * 3_600_000 };
  const [groupId, directId, envelopeId, othersEnvelopeId, ticketId] = [id(), id(), id(), id(), id()];
  const [attachmentId, othersAttachmentId] = [id(), id()];
  const [low, high] = [accountId, otherId].sort() as [string, string];
  const group = { created_by_device_id: deviceId, epoch: 1, group_info: Uint8Array.of(1), position: 2 };
  const leaf = { group_id: groupId, joined_epoch: 0, is_ended: false };
  const envelope = {
    group_id: groupId,
    kind: 'message',
    epoch: 1,
    client_message_id: id(),
    sent_at_ms: nowMs,
    pending: 1,
    pending_others: 1,
    ...later,
  } as const;
  const queued = { group_id: groupId, sent_at_ms: nowMs, position: 1 };
  const transfer = {
    created_at_ms: nowMs,
    lamports: '5000',
    mint: null,
    amount: null,
    state: 'announced',
    failure: null,
    signed_transaction: null,
  } as const;
  const tries = { tries_left: 3, code_mac: bytes };
  return {
    accounts: [],
    sessions: [
      {
        id: deviceId,
        account_id,
        device_key: bytes,
        device_name: mark,
        platform: 'web',
        state: 'full',
        created_at_ms: nowMs,
        ends_at_ms: null,
        last_seen_at_ms: nowMs,
        last_place: mark,
        full_at_ms: nowMs,
        hold_ended: true,
        is_drill: false,
      },
    ],
    // To its number, and to an earlier one: used by a device that is gone, asked for by another.
    phone_verifications: [
      { phone_hash: of.phoneHash, session_id: null, for_session_id: null },
      { phone_hash: of.random(32), session_id: goneDeviceId, for_session_id: null },
      { phone_hash: of.random(32), session_id: null, for_session_id: deviceId },
    ].map((which) => ({
      id: id(),
      purpose: 'login' as const,
      phone_sealed: bytes,
      ...tries,
      ...later,
      used_by_device_key: null,
      ...which,
    })),
    limits: [{ name: 'smsPerPhone', subject: of.phoneHash, ...later }],
    login_challenges: [
      {
        id: id(),
        purpose: 'login',
        login_key: of.loginKey,
        challenge: bytes,
        proof_of_work_bits: 4,
        ...later,
      },
    ],
    request_nonces: [{ session_id, nonce: mark, ...later }],
    pin_challenges: [{ nonce: bytes, session_id, ...later }],
    push_subscriptions: [
      { session_id, endpoint: mark, created_at_ms: nowMs, due_at_ms: null, tries: 0, is_outstanding: false },
    ],
    device_keys: [{ session_id, hpke_key: bytes, signature: bytes, published_at_ms: nowMs }],
    team_queue: [
      { id: id(), session_id, sent_at_ms: nowMs, encapsulated_key: bytes, ciphertext: bytes, ...later },
    ],
    device_links: [
      {
        id: id(),
        device_key: bytes,
        device_name: mark,
        platform: 'cli',
        place: mark,
        ...later,
        opened_by_session_id: deviceId,
        encapsulated_key: bytes,
        ciphertext: bytes,
        session_id: null,
      },
    ],
    pay_keys: [{ session_id, account_id, key: bytes, window_ms: 1, pin_at_ms: nowMs }],
    key_packages: [
      { id: id(), account_id, device_id: deviceId, key_package: bytes, is_last_resort: true, ...later },
    ],
    groups: [
      {
        id: groupId,
        kind: 'group',
        low_account_id: null,
        high_account_id: null,
        ...group,
        last_sent_at_ms: nowMs,
      },
      {
        id: directId,
        kind: 'direct',
        low_account_id: low,
        high_account_id: high,
        ...group,
        last_sent_at_ms: nowMs,
      },
    ],
    group_members: [
      { group_id: groupId, account_id, role: 'member', state: 'in' },
      { group_id: groupId, account_id: otherId, role: 'owner', state: 'in' },
      { group_id: directId, account_id, role: 'member', state: 'in' },
      { group_id: directId, account_id: otherId, role: 'member', state: 'in' },
    ],
    group_leaves: [
      { ...leaf, leaf_index: 0, account_id, device_id: deviceId },
      { ...leaf, leaf_index: 1, account_id: otherId, device_id: otherDeviceId },
    ],
    group_invites: [],
    join_requests: [{ group_id: groupId, account_id, requested_at_ms: nowMs, is_approved: false, ...later }],
    envelopes: [
      {
        ...envelope,
        id: envelopeId,
        sender_account_id: accountId,
        sender_device_id: deviceId,
        body: bytes,
      },
      {
        ...envelope,
        id: othersEnvelopeId,
        sender_account_id: otherId,
        sender_device_id: otherDeviceId,
        body: Uint8Array.of(1),
      },
    ],
    envelope_queue: [
      { ...queued, envelope_id: envelopeId, device_id: otherDeviceId, account_id: otherId },
      { ...queued, envelope_id: othersEnvelopeId, device_id: deviceId, account_id },
    ],
    attachments: [
      { id: attachmentId, account_id, device_id: deviceId },
      { id: othersAttachmentId, account_id: otherId, device_id: otherDeviceId },
    ].map((whose) => ({
      ...whose,
      group_id: groupId,
      length_bytes: 100,
      created_at_ms: nowMs,
      completed_at_ms: nowMs,
      ...later,
    })),
    attachment_queue: [
      { attachment_id: attachmentId, device_id: otherDeviceId, account_id: otherId },
      { attachment_id: othersAttachmentId, device_id: deviceId, account_id },
    ],
    sent_ids: [deviceId, goneDeviceId].map((device) => ({
      device_id: device,
      client_message_id: id(),
      group_id: groupId,
      envelope_id: envelopeId,
      epoch: 1,
      sent_at_ms: nowMs,
      is_dropped: false,
      ...later,
    })),
    log_entries: [deviceId, goneDeviceId].map((device) => ({
      id: id(),
      account_id,
      session_id: device,
      operation: 'unlock',
      outcome: 'success' as const,
      at_ms: nowMs,
      device: mark,
      place: mark,
    })),
    log_heads: [{ account_id, revision: 1, sealed: bytes }],
    legacy_accounts: [
      { account_id, hash_sealed: bytes, reference: mark, imported_at_ms: nowMs, upgraded_at_ms: null },
    ],
    prepared_secrets: [
      {
        account_id,
        pin_auth_key: bytes,
        sealed_entropy: bytes,
        prepared_at_ms: nowMs,
        sealed_shares: bytes,
        aik: bytes,
        address_signature: bytes,
      },
    ],
    avatars: [{ account_id, id: bytes, media_type: 'image/png', image: bytes }],
    contacts: [
      { owner_id: accountId, contact_id: otherId, added_at_ms: nowMs },
      { owner_id: otherId, contact_id: accountId, added_at_ms: nowMs },
    ],
    blocks: [
      { owner_id: accountId, blocked_id: otherId, blocked_at_ms: nowMs },
      { owner_id: otherId, blocked_id: accountId, blocked_at_ms: nowMs },
    ],
    recovery_contacts: [
      { owner_id: accountId, contact_id: otherId, set_at_ms: nowMs, loss_told_at_ms: null },
      { owner_id: otherId, contact_id: accountId, set_at_ms: nowMs, loss_told_at_ms: null },
    ],
    recovery_contact_codes: [
      {
        owner_id: accountId,
        id: id(),
        contact_id: otherId,
        session_id: deviceId,
        ...tries,
        ...later,
        is_used: false,
      },
      {
        owner_id: otherId,
        id: id(),
        contact_id: accountId,
        session_id: otherDeviceId,
        ...tries,
        ...later,
        is_used: false,
      },
    ],
    contact_logins: [
      {
        id: id(),
        account_id,
        requested_at_ms: nowMs,
        place: mark,
        ...tries,
        ...later,
        code_expires_at_ms: nowMs,
        used_by_device_key: bytes,
        session_id: null,
        refused_at_ms: null,
      },
    ],
    drills: [{ account_id, method: 'words', worked_at_ms: nowMs }],
    open_drills: [
      {
        account_id,
        opened_by_session_id: deviceId,
        method: 'words',
        device_key: bytes,
        ...later,
        got_in: false,
        worked_at_ms: null,
      },
    ],
    reminders: [{ account_id, reminder: 'kit', snoozed_until_ms: nowMs }],
    device_lists: [{ account_id, version: 1, list: bytes, signature: bytes }],
    privacy_settings: [
      { account_id, messages_from: 'contacts', groups_from: 'contacts', found_by_phone: 'nobody' },
    ],
    reports: [
      {
        id: id(),
        reporter_id: accountId,
        reported_id: otherId,
        reason: 'spam',
        content: mark,
        reported_at_ms: nowMs,
      },
      {
        id: id(),
        reporter_id: otherId,
        reported_id: accountId,
        reason: 'spam',
        content: mark,
        reported_at_ms: nowMs,
      },
    ],
    wallets: [
      {
        account_id,
        public_key: bytes,
        epoch: 1,
        ceremony: bytes,
        package: JSON.stringify(mark),
        vouchers: JSON.stringify(mark),
        sealed_shares: bytes,
        aik: bytes,
        address_signature: bytes,
        created_at_ms: nowMs,
        limits: null,
        pending_limits: null,
        pending_from_ms: null,
      },
    ],
    transfers: [
      { ...transfer, account_id, intent_id: id(), message: bytes, recipient_hexkey_id: null },
      {
        ...transfer,
        account_id: otherId,
        intent_id: id(),
        message: Uint8Array.of(1),
        recipient_hexkey_id: of.hexkeyId,
      },
    ],
    support_tickets: [
      {
        id: ticketId,
        number: mark,
        key_hash: bytes,
        account_id,
        locale: 'en',
        state: 'open',
        awaits_answer: true,
        opened_at_ms: nowMs,
        last_message_at_ms: nowMs,
      },
    ],
    support_messages: [{ ticket_id: ticketId, id: id(), sender: 'asker', text: mark, at_ms: nowMs }],
    support_logs: [{ ticket_id: ticketId, lines: mark, ...later }],
    admin_actions: [
      {
        id: id(),
        at_ms: nowMs,
        operator: 'op',
        command: 'showUser',
        subject: of.hexkeyId,
        outcome: 'done',
      },
    ],
    captchas: [],
    named_keys: [],
    used_operator_challenges: [],
    help_counts: [],
    account_deletions: [],
    erase_deliveries: [],
  };
}
