import type { Kysely, Selectable } from 'kysely';
import type { SessionsTable, Tables } from '../database/tables.ts';

export type Session = Selectable<SessionsTable>;
export type SessionsStore = ReturnType<typeof sessionsStore>;

export function sessionsStore(db: Kysely<Tables>) {
  return {
    async add(session: Session): Promise<void> {
      await db.insertInto('sessions').values(session).execute();
    },

    async get(id: string): Promise<Session | null> {
      return (await db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    async makeFull(id: string): Promise<void> {
      await db
        .updateTable('sessions')
        .set({ state: 'full', ends_at_ms: null })
        .where('id', '=', id)
        .execute();
    },

    /** Its nonces and challenges go with it; what it did stays in the account's log. */
    async drop(id: string): Promise<void> {
      await db.deleteFrom('sessions').where('id', '=', id).execute();
    },

    async dropEnded(nowMs: number): Promise<void> {
      await db.deleteFrom('sessions').where('ends_at_ms', '<=', nowMs).execute();
    },
  };
}
