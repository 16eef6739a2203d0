import type { Kysely, Selectable } from 'kysely';
import type { ContactLoginsTable, Tables } from '../database/tables.ts';

export type ContactLogin = Selectable<ContactLoginsTable>;
export type ContactLoginsStore = ReturnType<typeof contactLoginsStore>;

export function contactLoginsStore(db: Kysely<Tables>) {
  return {
    async add(login: ContactLogin): Promise<void> {
      await db.insertInto('contact_logins').values(login).execute();
    },

    /** Reads it and keeps rivals out until the transaction ends: three tries stay three however many come at once. */
    async lock(id: string): Promise<ContactLogin | null> {
      const rows = db.selectFrom('contact_logins').selectAll().where('id', '=', id).forUpdate();
      return (await rows.executeTakeFirst()) ?? null;
    },

    async update(id: string, change: Partial<Omit<ContactLogin, 'id' | 'account_id'>>): Promise<void> {
      await db.updateTable('contact_logins').set(change).where('id', '=', id).execute();
    },

    /** The newest one a code was asked for that its owner could still refuse. */
    async pendingOf(accountId: string, nowMs: number): Promise<ContactLogin | null> {
      const rows = db
        .selectFrom('contact_logins')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('requested_at_ms', 'is not', null)
        .where('refused_at_ms', 'is', null)
        .where('expires_at_ms', '>', nowMs)
        .orderBy('requested_at_ms', 'desc');
      return (await rows.limit(1).executeTakeFirst()) ?? null;
    },

    /** Nothing happens to one of another account. */
    async drop(accountId: string, id: string): Promise<void> {
      await db
        .deleteFrom('contact_logins')
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .execute();
    },

    async dropOf(accountId: string): Promise<void> {
      await db.deleteFrom('contact_logins').where('account_id', '=', accountId).execute();
    },

    async dropExpired(nowMs: number): Promise<void> {
      await db.deleteFrom('contact_logins').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}
