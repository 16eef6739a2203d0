/** What the delivery service keeps until every device has it (docs/protocol/messaging.md section 2). The rules of `migrations.ts` hold. */
export const messagingMigrations = [
  {
    name: '0070-messaging',
    statements: [
      `create table key_packages (
        id uuid primary key,
        account_id uuid not null references accounts (id) on delete cascade,
        device_id uuid not null references sessions (id) on delete cascade,
        key_package bytea not null,
        is_last_resort boolean not null,
        expires_at_ms bigint not null
      )`,
      'create index key_packages_by_device on key_packages (device_id, is_last_resort, expires_at_ms)',
      'create index key_packages_by_account on key_packages (account_id)',
      'create index key_packages_by_end on key_packages (expires_at_ms)',
      // A direct conversation names its two accounts, the lower id first: a pair has one.
      `create table groups (
        id uuid primary key,
        kind text not null check (kind in ('direct', 'group')),
        low_account_id uuid references accounts (id) on delete cascade,
        high_account_id uuid references accounts (id) on delete cascade,
        created_by_device_id uuid not null,
        epoch bigint not null check (epoch >= 0),
        group_info bytea not null,
        position bigint not null,
        last_sent_at_ms bigint not null,
        check ((kind = 'direct') = (low_account_id is not null)),
        check ((low_account_id is null) = (high_account_id is null)),
        unique (low_account_id, high_account_id)
      )`,
      `create table group_members (
        group_id uuid not null references groups (id) on delete cascade,
        account_id uuid not null references accounts (id) on delete cascade,
        role text not null check (role in ('owner', 'admin', 'member')),
        state text not null check (state in ('in', 'refused', 'left')),
        primary key (group_id, account_id)
      )`,
      'create index group_members_by_account on group_members (account_id)',
      `create table group_leaves (
        group_id uuid not null references groups (id) on delete cascade,
        leaf_index integer not null check (leaf_index >= 0),
        account_id uuid not null,
        device_id uuid not null,
        joined_epoch bigint not null,
        is_ended boolean not null,
        primary key (group_id, leaf_index),
        unique (group_id, device_id)
      )`,
      'create index group_leaves_by_device on group_leaves (device_id)',
      `create table envelopes (
        id uuid primary key,
        group_id uuid not null,
        kind text not null check (kind in ('message', 'commit', 'welcome', 'notice')),
        epoch bigint not null,
        sender_account_id uuid,
        sender_device_id uuid,
        client_message_id uuid,
        body bytea not null,
        sent_at_ms bigint not null,
        pending integer not null,
        pending_others integer not null,
        expires_at_ms bigint not null
      )`,
      'create index envelopes_by_end on envelopes (expires_at_ms)',
      `create table envelope_queue (
        envelope_id uuid not null references envelopes (id) on delete cascade,
        device_id uuid not null,
        account_id uuid not null,
        group_id uuid not null,
        sent_at_ms bigint not null,
        position bigint not null,
        primary key (envelope_id, device_id)
      )`,
      'create index envelope_queue_by_device on envelope_queue (device_id, sent_at_ms, position)',
      `create table sent_ids (
        device_id uuid not null,
        client_message_id uuid not null,
        group_id uuid not null,
        envelope_id uuid not null,
        epoch bigint not null,
        sent_at_ms bigint not null,
        is_dropped boolean not null,
        expires_at_ms bigint not null,
        primary key (device_id, client_message_id)
      )`,
      'create index sent_ids_by_end on sent_ids (expires_at_ms)',
      `create table group_invites (
        group_id uuid primary key references groups (id) on delete cascade,
        token_hash bytea not null unique,
        created_at_ms bigint not null
      )`,
      `create table join_requests (
        group_id uuid not null references groups (id) on delete cascade,
        account_id uuid not null references accounts (id) on delete cascade,
        requested_at_ms bigint not null,
        is_approved boolean not null,
        expires_at_ms bigint not null,
        primary key (group_id, account_id)
      )`,
      'create index join_requests_by_account on join_requests (account_id)',
      'create index join_requests_by_end on join_requests (expires_at_ms)',
    ],
  },
];
