import { type Kysely, type Selectable, sql } from 'kysely';
import type { HelpCountsTable, Tables } from '../database/tables.ts';

export type HelpCountsStore = ReturnType<typeof helpCountsStore>;
export type Counted = Exclude<keyof HelpCountsTable, 'article_id'>;

/** How often each help article was read and judged; never by whom. */
export function helpCountsStore(db: Kysely<Tables>) {
  return {
    async all(): Promise<Selectable<HelpCountsTable>[]> {
      return db.selectFrom('help_counts').selectAll().orderBy('article_id').execute();
    },

    async addOne(articleId: string, counted: Counted): Promise<void> {
      const first = { readers: 0, helpful: 0, not_helpful: 0, [counted]: 1 };
      await db
        .insertInto('help_counts')
        .values({ article_id: articleId, ...first })
        .onConflict((conflict) =>
          conflict.column('article_id').doUpdateSet({ [counted]: sql`help_counts.${sql.ref(counted)} + 1` }),
        )
        .execute();
    },
  };
}
