/** What the server keeps so that people know each other's devices, and reach each other only as they want. The rules of `migrations.ts` hold. */
export const identityMigrations = [
  {
    name: '0060-device-lists',
    statements: [
      `create table device_lists (
        account_id uuid primary key references accounts (id) on delete cascade,
        version bigint not null check (version > 0),
        list bytea not null,
        signature bytea not null
      )`,
    ],
  },
  {
    name: '0061-privacy',
    statements: [
      `create table privacy_settings (
        account_id uuid primary key references accounts (id) on delete cascade,
        messages_from text not null check (messages_from in ('everybody', 'contacts')),
        groups_from text not null check (groups_from in ('everybody', 'contacts')),
        found_by_phone text not null check (found_by_phone in ('everybody', 'contacts', 'nobody'))
      )`,
      `create table reports (
        id uuid primary key,
        reporter_id uuid not null references accounts (id) on delete cascade,
        reported_id uuid not null references accounts (id) on delete cascade,
        reason text not null check (reason in ('spam', 'abuse', 'impersonation', 'other')),
        content text,
        reported_at_ms bigint not null
      )`,
      'create index reports_by_reporter on reports (reporter_id)',
      'create index reports_by_reported on reports (reported_id)',
    ],
  },
];
