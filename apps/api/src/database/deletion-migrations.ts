/** What the server keeps of accounts that are to be deleted, and of those that are. The rules of `migrations.ts` hold. */
export const deletionMigrations = [
  {
    name: '0081-account-deletion',
    statements: [
      'alter table phone_verifications drop constraint phone_verifications_purpose_check',
      "alter table phone_verifications add constraint phone_verifications_purpose_check check (purpose in ('register', 'login', 'link', 'delete'))",
      `create table account_deletions (
        account_id uuid primary key references accounts (id) on delete cascade,
        node_set_hash bytea not null,
        requested_at_ms bigint not null,
        effective_at_ms bigint not null,
        sequence bigint not null,
        signature bytea not null,
        state text not null check (state in ('pending', 'withdrawn', 'executed'))
      )`,
      'create index account_deletions_by_day on account_deletions (state, effective_at_ms)',
      `create table erase_deliveries (
        account_id uuid not null references account_deletions (account_id) on delete cascade,
        realm_id text not null,
        due_at_ms bigint not null,
        primary key (account_id, realm_id)
      )`,
      'create index erase_deliveries_by_time on erase_deliveries (due_at_ms)',
    ],
  },
];
