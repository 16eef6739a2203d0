/** Everything the Recovery Kit adds to the schema, in order. The rules of `migrations.ts` hold. */
export const recoveryKitMigrations = [
  {
    name: '0040-people',
    statements: [
      'alter table accounts add column deleted_at_ms bigint',
      `create table avatars (
        account_id uuid primary key references accounts (id) on delete cascade,
        id bytea not null unique,
        media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
        image bytea not null
      )`,
      `create table contacts (
        owner_id uuid not null references accounts (id) on delete cascade,
        contact_id uuid not null references accounts (id) on delete cascade,
        added_at_ms bigint not null,
        primary key (owner_id, contact_id),
        check (owner_id <> contact_id)
      )`,
      'create index contacts_by_contact on contacts (contact_id)',
      `create table blocks (
        owner_id uuid not null references accounts (id) on delete cascade,
        blocked_id uuid not null references accounts (id) on delete cascade,
        blocked_at_ms bigint not null,
        primary key (owner_id, blocked_id),
        check (owner_id <> blocked_id)
      )`,
      'create index blocks_by_blocked on blocks (blocked_id)',
    ],
  },
  {
    name: '0041-team-hexkey',
    statements: [
      `create table device_keys (
        session_id uuid primary key references sessions (id) on delete cascade,
        hpke_key bytea not null,
        signature bytea not null,
        published_at_ms bigint not null
      )`,
      `create table team_queue (
        id uuid primary key,
        session_id uuid not null references sessions (id) on delete cascade,
        sent_at_ms bigint not null,
        encapsulated_key bytea not null,
        ciphertext bytea not null,
        expires_at_ms bigint not null
      )`,
      'create index team_queue_by_session on team_queue (session_id, sent_at_ms, id)',
      'create index team_queue_by_end on team_queue (expires_at_ms)',
    ],
  },
  {
    name: '0042-recovery-kit',
    statements: [
      'alter table accounts add column words_backed_up_at_ms bigint',
      'alter table accounts add column phone_verified_at_ms bigint',
      'update accounts set phone_verified_at_ms = created_at_ms where phone_hash is not null',
      `create table recovery_contacts (
        owner_id uuid primary key references accounts (id) on delete cascade,
        contact_id uuid not null references accounts (id) on delete cascade,
        set_at_ms bigint not null,
        loss_told_at_ms bigint
      )`,
      'create index recovery_contacts_by_contact on recovery_contacts (contact_id)',
      `create table recovery_contact_codes (
        owner_id uuid primary key references accounts (id) on delete cascade,
        id uuid not null,
        contact_id uuid not null references accounts (id) on delete cascade,
        session_id uuid not null references sessions (id) on delete cascade,
        code_mac bytea not null,
        tries_left integer not null check (tries_left >= 0),
        expires_at_ms bigint not null,
        is_used boolean not null
      )`,
      'create index recovery_contact_codes_by_end on recovery_contact_codes (expires_at_ms)',
      `create table contact_logins (
        id uuid primary key,
        account_id uuid not null references accounts (id) on delete cascade,
        expires_at_ms bigint not null,
        requested_at_ms bigint,
        place text,
        code_mac bytea,
        code_expires_at_ms bigint,
        tries_left integer not null check (tries_left >= 0),
        used_by_device_key bytea,
        session_id uuid,
        refused_at_ms bigint
      )`,
      'create index contact_logins_by_account on contact_logins (account_id)',
      'create index contact_logins_by_end on contact_logins (expires_at_ms)',
      `create table drills (
        account_id uuid not null references accounts (id) on delete cascade,
        method text not null check (method in ('phone', 'words', 'contact')),
        worked_at_ms bigint not null,
        primary key (account_id, method)
      )`,
      `create table reminders (
        account_id uuid not null references accounts (id) on delete cascade,
        reminder text not null check (reminder in ('kit', 'phone')),
        snoozed_until_ms bigint not null,
        primary key (account_id, reminder)
      )`,
    ],
  },
  {
    name: '0043-linked-phone',
    statements: [
      'alter table accounts add column last_pin_at_ms bigint',
      'alter table phone_verifications drop constraint phone_verifications_purpose_check',
      "alter table phone_verifications add constraint phone_verifications_purpose_check check (purpose in ('register', 'login', 'link'))",
      'alter table phone_verifications add column for_session_id uuid',
      `create table captchas (
        id uuid primary key,
        challenge bytea not null,
        proof_of_work_bits integer not null,
        expires_at_ms bigint not null
      )`,
      'create index captchas_by_end on captchas (expires_at_ms)',
    ],
  },
  {
    name: '0044-device-links',
    statements: [
      `create table device_links (
        id uuid primary key,
        device_key bytea not null,
        device_name text not null,
        platform text not null check (platform in ('web', 'cli')),
        place text,
        expires_at_ms bigint not null,
        opened_by_session_id uuid references sessions (id) on delete cascade,
        encapsulated_key bytea,
        ciphertext bytea,
        session_id uuid,
        check ((encapsulated_key is null) = (ciphertext is null)),
        check (ciphertext is null or opened_by_session_id is not null)
      )`,
      'create index device_links_by_opener on device_links (opened_by_session_id)',
      'create index device_links_by_end on device_links (expires_at_ms)',
    ],
  },
];
