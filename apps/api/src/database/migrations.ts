import { deletionMigrations } from './deletion-migrations.ts';
import { helpMigrations } from './help-migrations.ts';
import { identityMigrations } from './identity-migrations.ts';
import { legacyMigrations } from './legacy-migrations.ts';
import { messagingMigrations } from './messaging-migrations.ts';
import { recoveryKitMigrations } from './recovery-kit-migrations.ts';
import { supportMigrations } from './support-migrations.ts';
import { walletMigrations } from './wallet-migrations.ts';

/** One step of the schema's history. Never changed once it has run anywhere; a new step is added instead. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

// Plain SQL that PostgreSQL, CockroachDB and YugabyteDB all take: UUID keys, no SERIAL, no triggers, no extensions.
export const migrations: readonly Migration[] = [
  {
    name: '0001-accounts-and-sessions',
    statements: [
      `create table accounts (
        id uuid primary key,
        hexkey_id text not null unique,
        name text,
        registered_with text not null check (registered_with in ('words', 'phone')),
        created_at_ms bigint not null,
        login_key bytea unique,
        phone_hash bytea unique,
        phone_sealed bytea,
        pin_state text not null check (pin_state in ('unset', 'prepared', 'set')),
        pin_auth_key bytea,
        node_set_hash bytea,
        sealed_entropy bytea,
        pin_set_at_ms bigint,
        check ((phone_hash is null) = (phone_sealed is null)),
        check ((pin_state = 'unset') = (pin_auth_key is null)),
        check ((pin_state = 'set') = (pin_set_at_ms is not null))
      )`,
      `create table sessions (
        id uuid primary key,
        account_id uuid not null references accounts (id) on delete cascade,
        device_key bytea not null,
        device_name text not null,
        platform text not null check (platform in ('web', 'cli')),
        state text not null check (state in ('locked', 'full')),
        created_at_ms bigint not null,
        ends_at_ms bigint,
        check ((state = 'full') = (ends_at_ms is null))
      )`,
      'create index sessions_by_account on sessions (account_id)',
      'create index sessions_by_end on sessions (ends_at_ms)',
      `create table request_nonces (
        session_id uuid not null references sessions (id) on delete cascade,
        nonce text not null,
        expires_at_ms bigint not null,
        primary key (session_id, nonce)
      )`,
      'create index request_nonces_by_end on request_nonces (expires_at_ms)',
      `create table login_challenges (
        id uuid primary key,
        purpose text not null check (purpose in ('register', 'login')),
        login_key bytea not null,
        challenge bytea not null,
        proof_of_work_bits integer not null,
        expires_at_ms bigint not null
      )`,
      'create index login_challenges_by_end on login_challenges (expires_at_ms)',
      `create table phone_verifications (
        id uuid primary key,
        purpose text not null check (purpose in ('register', 'login')),
        phone_hash bytea not null,
        phone_sealed bytea not null,
        code_mac bytea not null,
        tries_left integer not null check (tries_left >= 0),
        expires_at_ms bigint not null,
        used_by_device_key bytea,
        session_id uuid,
        unique (phone_hash, purpose)
      )`,
      'create index phone_verifications_by_end on phone_verifications (expires_at_ms)',
      `create table pin_challenges (
        nonce bytea primary key,
        session_id uuid not null references sessions (id) on delete cascade,
        expires_at_ms bigint not null
      )`,
      'create index pin_challenges_by_session on pin_challenges (session_id)',
      'create index pin_challenges_by_end on pin_challenges (expires_at_ms)',
      `create table log_entries (
        id uuid primary key,
        account_id uuid not null references accounts (id) on delete cascade,
        session_id uuid not null,
        operation text not null,
        outcome text not null check (outcome in ('success', 'wrong-pin', 'locked')),
        at_ms bigint not null,
        device text not null,
        place text
      )`,
      'create index log_entries_by_account on log_entries (account_id, at_ms, id)',
      'create index log_entries_by_session on log_entries (session_id, at_ms, id)',
      `create table limits (
        name text not null,
        subject bytea not null,
        spent_at_ms jsonb not null default '[]',
        expires_at_ms bigint not null,
        primary key (name, subject)
      )`,
      'create index limits_by_end on limits (expires_at_ms)',
    ],
  },
  {
    name: '0002-where-devices-are',
    statements: [
      'alter table sessions add column last_seen_at_ms bigint',
      'alter table sessions add column last_place text',
    ],
  },
  {
    name: '0003-log-heads',
    statements: [
      `create table log_heads (
        account_id uuid primary key references accounts (id) on delete cascade,
        revision bigint not null check (revision > 0),
        sealed bytea not null
      )`,
    ],
  },
  {
    name: '0004-prepared-secrets',
    statements: [
      `create table prepared_secrets (
        account_id uuid not null references accounts (id) on delete cascade,
        pin_auth_key bytea not null,
        sealed_entropy bytea,
        prepared_at_ms bigint not null,
        primary key (account_id, pin_auth_key)
      )`,
    ],
  },
  {
    name: '0005-a-code-for-each-asker',
    statements: [
      'alter table phone_verifications drop constraint phone_verifications_phone_hash_purpose_key',
    ],
  },
  ...recoveryKitMigrations,
  ...identityMigrations,
  ...messagingMigrations,
  ...walletMigrations,
  ...supportMigrations,
  ...legacyMigrations,
  ...deletionMigrations,
  ...helpMigrations,
  {
    name: '0095-the-node-set-before',
    statements: ['alter table accounts add column left_node_set_hash bytea'],
  },
  {
    name: '0092-recovery-drills',
    statements: [
      'alter table sessions add column is_drill boolean not null default false',
      `create table open_drills (
        account_id uuid primary key references accounts (id) on delete cascade,
        opened_by_session_id uuid not null references sessions (id) on delete cascade,
        method text not null check (method in ('phone', 'words', 'contact')),
        device_key bytea not null,
        expires_at_ms bigint not null,
        got_in boolean not null,
        worked_at_ms bigint
      )`,
    ],
  },
  {
    name: '0096-attachments',
    statements: [
      `create table attachments (
        id uuid primary key,
        group_id uuid not null references groups (id) on delete cascade,
        account_id uuid not null,
        device_id uuid not null,
        length_bytes bigint not null check (length_bytes > 0),
        created_at_ms bigint not null,
        completed_at_ms bigint,
        expires_at_ms bigint not null
      )`,
      'create index attachments_by_account on attachments (account_id)',
      'create index attachments_by_group on attachments (group_id)',
      'create index attachments_by_device on attachments (device_id)',
      'create index attachments_by_end on attachments (expires_at_ms)',
      `create table attachment_queue (
        attachment_id uuid not null references attachments (id) on delete cascade,
        device_id uuid not null,
        account_id uuid not null,
        primary key (attachment_id, device_id)
      )`,
      'create index attachment_queue_by_device on attachment_queue (device_id)',
    ],
  },
  {
    name: '0097-push-subscriptions',
    statements: [
      `create table push_subscriptions (
        session_id uuid primary key references sessions (id) on delete cascade,
        endpoint text not null,
        created_at_ms bigint not null,
        due_at_ms bigint,
        tries integer not null,
        is_outstanding boolean not null
      )`,
      'create index push_subscriptions_by_due on push_subscriptions (due_at_ms)',
      'create index push_subscriptions_by_endpoint on push_subscriptions (endpoint)',
    ],
  },
];
