/** Tickets at support, and what operators did. The rules of `migrations.ts` hold. */
export const supportMigrations = [
  {
    name: '0085-support-tickets',
    statements: [
      `create table support_tickets (
        id uuid primary key,
        number text not null unique,
        key_hash bytea not null unique,
        account_id uuid references accounts (id) on delete cascade,
        locale text not null check (locale in ('en', 'zh')),
        state text not null check (state in ('open', 'closed')),
        awaits_answer boolean not null,
        opened_at_ms bigint not null,
        last_message_at_ms bigint not null
      )`,
      'create index support_tickets_by_account on support_tickets (account_id)',
      'create index support_tickets_by_state on support_tickets (state, last_message_at_ms)',
      `create table support_messages (
        ticket_id uuid not null references support_tickets (id) on delete cascade,
        id uuid not null,
        sender text not null check (sender in ('asker', 'support')),
        text text not null,
        at_ms bigint not null,
        place bigint generated always as identity,
        primary key (ticket_id, id)
      )`,
      `create table support_logs (
        ticket_id uuid primary key references support_tickets (id) on delete cascade,
        lines text not null,
        expires_at_ms bigint not null
      )`,
      'create index support_logs_by_end on support_logs (expires_at_ms)',
    ],
  },
  {
    name: '0086-admin-actions',
    statements: [
      `create table admin_actions (
        id uuid primary key,
        at_ms bigint not null,
        operator text not null,
        command text not null,
        subject text,
        outcome text not null,
        place bigint generated always as identity unique
      )`,
      // What is written stays: not even this server changes it.
      `create function refuse_change() returns trigger language plpgsql as
        $$ begin raise exception 'rows of % are only added', tg_table_name; end $$`,
      `create trigger admin_actions_stay before update or delete or truncate on admin_actions
        for each statement execute function refuse_change()`,
    ],
  },
  {
    name: '0088-named-keys',
    statements: [
      // A key that was removed stays, so that the trail says for ever whose it was, and its name is nobody else's.
      `create table named_keys (
        name text primary key,
        public_key bytea not null unique,
        added_at_ms bigint not null,
        removed_at_ms bigint
      )`,
      `create table used_operator_challenges (
        challenge bytea primary key,
        expires_at_ms bigint not null
      )`,
      'create index used_operator_challenges_by_end on used_operator_challenges (expires_at_ms)',
      'alter table admin_actions add column signed_by bytea',
    ],
  },
];
