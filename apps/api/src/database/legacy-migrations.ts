/** What the server keeps of accounts that came from another system (ADR 85). The rules of `migrations.ts` hold. */
export const legacyMigrations = [
  {
    name: '0087-legacy-accounts',
    statements: [
      `create table legacy_accounts (
        account_id uuid primary key references accounts (id) on delete cascade,
        hash_sealed bytea,
        reference text,
        imported_at_ms bigint not null,
        upgraded_at_ms bigint,
        check ((hash_sealed is null) = (upgraded_at_ms is not null))
      )`,
      'create index legacy_accounts_by_upgrade on legacy_accounts (upgraded_at_ms, account_id)',
    ],
  },
];
