import type { Insertable, Kysely } from 'kysely';
import type { ReportsTable, Tables } from '../database/tables.ts';

export type ReportsStore = ReturnType<typeof reportsStore>;

/** Written by people, read by the operator. */
export function reportsStore(db: Kysely<Tables>) {
  return {
    async add(report: Insertable<ReportsTable>): Promise<void> {
      await db.insertInto('reports').values(report).execute();
    },
  };
}
