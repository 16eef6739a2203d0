/** What the server keeps of wallets and transfers (docs/protocol/wallet.md section 5). The rules of `migrations.ts` hold. */
export const walletMigrations = [
  {
    name: '0080-wallets',
    statements: [
      `create table wallets (
        account_id uuid primary key references accounts (id) on delete cascade,
        public_key bytea not null unique,
        epoch bigint not null check (epoch > 0),
        ceremony bytea not null,
        package text not null,
        vouchers text not null,
        sealed_shares bytea not null,
        aik bytea not null,
        address_signature bytea not null,
        created_at_ms bigint not null,
        limits text,
        pending_limits text,
        pending_from_ms bigint
      )`,
      // A new secret takes its own seal of the shares along.
      'alter table prepared_secrets add column sealed_shares bytea',
      'alter table prepared_secrets add column aik bytea',
      'alter table prepared_secrets add column address_signature bytea',
      // A device is on hold for a day after its first PIN.
      'alter table sessions add column full_at_ms bigint',
      'alter table sessions add column hold_ended boolean not null default false',
      "update sessions set full_at_ms = created_at_ms where state = 'full'",
      `create table pay_keys (
        session_id uuid primary key references sessions (id) on delete cascade,
        account_id uuid not null references accounts (id) on delete cascade,
        key bytea not null,
        window_ms bigint not null,
        pin_at_ms bigint not null
      )`,
      'create index pay_keys_by_account on pay_keys (account_id)',
      // Amounts reach 2^64, which no column type of both databases' drivers gives back whole: decimal text.
      `create table transfers (
        account_id uuid not null references accounts (id) on delete cascade,
        intent_id uuid not null,
        created_at_ms bigint not null,
        message bytea not null,
        recipient_hexkey_id text,
        lamports text not null,
        mint bytea,
        amount text,
        state text not null check (state in ('announced', 'signed', 'confirmed', 'failed', 'expired')),
        failure text,
        signed_transaction bytea,
        primary key (account_id, intent_id)
      )`,
      'create index transfers_by_time on transfers (account_id, created_at_ms, intent_id)',
    ],
  },
];
