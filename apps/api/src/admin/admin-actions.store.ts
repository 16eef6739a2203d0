import type { Insertable, Kysely, Selectable } from 'kysely';
import type { AdminActionsTable, Tables } from '../database/tables.ts';

export type AdminActionsStore = ReturnType<typeof adminActionsStore>;

/** What operators did. Only added to: the table refuses changes. */
export function adminActionsStore(db: Kysely<Tables>) {
  return {
    async add(action: Insertable<AdminActionsTable>): Promise<void> {
      await db.insertInto('admin_actions').values(action).execute();
    },

    /** Newest first. */
    async list(max: number): Promise<Selectable<AdminActionsTable>[]> {
      return db.selectFrom('admin_actions').selectAll().orderBy('place', 'desc').limit(max).execute();
    },
  };
}
