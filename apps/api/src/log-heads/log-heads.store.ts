import type { Kysely, Selectable } from 'kysely';
import type { LogHeadsTable, Tables } from '../database/tables.ts';

export type LogHeads = Pick<Selectable<LogHeadsTable>, 'revision' | 'sealed'>;
export type LogHeadsStore = ReturnType<typeof logHeadsStore>;

export function logHeadsStore(db: Kysely<Tables>) {
  return {
    async get(accountId: string): Promise<LogHeads | null> {
      const rows = db.selectFrom('log_heads').select(['revision', 'sealed']);
      return (await rows.where('account_id', '=', accountId).executeTakeFirst()) ?? null;
    },

    /** Compare-and-set. @param replaces the revision that is there, 0 for none @returns false when another one is */
    async put(accountId: string, replaces: number, heads: LogHeads): Promise<boolean> {
      if (replaces === 0) {
        const insert = db
          .insertInto('log_heads')
          .values({ account_id: accountId, ...heads })
          .onConflict((conflict) => conflict.doNothing());
        return (await insert.executeTakeFirst()).numInsertedOrUpdatedRows === 1n;
      }
      const update = db
        .updateTable('log_heads')
        .set(heads)
        .where('account_id', '=', accountId)
        .where('revision', '=', replaces);
      return (await update.executeTakeFirst()).numUpdatedRows === 1n;
    },
  };
}
