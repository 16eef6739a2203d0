import type { Kysely, Selectable } from 'kysely';
import type { LegacyAccountsTable, Tables } from '../database/tables.ts';

export type LegacyAccount = Selectable<LegacyAccountsTable>;
export type LegacyAccountsStore = ReturnType<typeof legacyAccountsStore>;

export function legacyAccountsStore(db: Kysely<Tables>) {
  return {
    async add(account: LegacyAccount): Promise<void> {
      await db.insertInto('legacy_accounts').values(account).execute();
    },

    /** null: the account came into being here. */
    async get(accountId: string): Promise<LegacyAccount | null> {
      const rows = db.selectFrom('legacy_accounts').selectAll().where('account_id', '=', accountId);
      return (await rows.executeTakeFirst()) ?? null;
    },

    /** The new PIN is set: the hash of the old one goes. Nothing brings it back. */
    async endUpgrade(accountId: string, nowMs: number): Promise<void> {
      await db
        .updateTable('legacy_accounts')
        .set({ hash_sealed: null, upgraded_at_ms: nowMs })
        .where('account_id', '=', accountId)
        .where('upgraded_at_ms', 'is', null)
        .execute();
    },

    async counts(): Promise<{ readonly waiting: number; readonly upgraded: number }> {
      const { all, upgraded } = await db
        .selectFrom('legacy_accounts')
        .select(({ fn }) => [fn.countAll().as('all'), fn.count('upgraded_at_ms').as('upgraded')])
        .executeTakeFirstOrThrow();
      return { waiting: Number(all) - Number(upgraded), upgraded: Number(upgraded) };
    },

    /** Who has not upgraded yet, in the order of their Hexkey IDs. @param after the last one of the page before */
    async waiting(
      after: string | null,
      max: number,
    ): Promise<
      readonly {
        readonly hexkey_id: string;
        readonly reference: string | null;
        readonly imported_at_ms: number;
      }[]
    > {
      let rows = db
        .selectFrom('legacy_accounts')
        .innerJoin('accounts', 'accounts.id', 'legacy_accounts.account_id')
        .select(['accounts.hexkey_id', 'legacy_accounts.reference', 'legacy_accounts.imported_at_ms'])
        .where('upgraded_at_ms', 'is', null);
      if (after !== null) rows = rows.where('accounts.hexkey_id', '>', after);
      return rows.orderBy('accounts.hexkey_id').limit(max).execute();
    },
  };
}
