import type { DeleteQueryBuilder, DeleteResult, Kysely, Selectable } from 'kysely';
import type { SessionsTable, Tables } from '../database/tables.ts';
import { endMemberships } from '../groups/end-memberships.ts';

type SessionRows = DeleteQueryBuilder<Tables, 'sessions', DeleteResult>;

export type Session = Selectable<SessionsTable>;
export type SessionsStore = ReturnType<typeof sessionsStore>;

export function sessionsStore(db: Kysely<Tables>) {
  /** With their places in groups and queues. Call inside a transaction. @returns how many */
  const drop = async (which: (rows: SessionRows) => SessionRows): Promise<number> => {
    const dropped = await which(db.deleteFrom('sessions')).returning('id').execute();
    const ids = dropped.map(({ id }) => id);
    await endMemberships(db, ids);
    return ids.length;
  };

  return {
    async add(session: Session): Promise<void> {
      await db.insertInto('sessions').values(session).execute();
    },

    async get(id: string): Promise<Session | null> {
      return (await db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    /** Full ones among some, each with its account, held until the transaction ends so that none of them ends before. */
    async lockFull(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('sessions')
        .select(['id', 'account_id'])
        .where('id', 'in', ids)
        .where('state', '=', 'full')
        .orderBy('id')
        .forShare()
        .execute();
      return new Map(rows.map((row) => [row.id, row.account_id]));
    },

    async makeFull(id: string, nowMs: number): Promise<void> {
      await db
        .updateTable('sessions')
        .set((column) => ({
          state: 'full',
          ends_at_ms: null,
          full_at_ms: column.fn.coalesce('full_at_ms', column.val(nowMs)),
        }))
        .where('id', '=', id)
        .execute();
    },

    async endHold(id: string): Promise<void> {
      await db.updateTable('sessions').set({ hold_ended: true }).where('id', '=', id).execute();
    },

    async noteSeen(id: string, atMs: number, place: string): Promise<void> {
      await db
        .updateTable('sessions')
        .set({ last_seen_at_ms: atMs, last_place: place })
        .where('id', '=', id)
        .execute();
    },

    /** Sessions of an account that have not run out, without those of rehearsals. */
    async list(accountId: string, nowMs: number): Promise<Session[]> {
      return await db
        .selectFrom('sessions')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('is_drill', '=', false)
        .where((where) => where.or([where('ends_at_ms', 'is', null), where('ends_at_ms', '>', nowMs)]))
        .orderBy('last_seen_at_ms', 'desc')
        .orderBy('id')
        .execute();
    },

    /** @returns false when the account has no such session */
    async dropOf(accountId: string, id: string): Promise<boolean> {
      return (await drop((rows) => rows.where('account_id', '=', accountId).where('id', '=', id))) === 1;
    },

    async dropOthers(accountId: string, keptId: string): Promise<void> {
      await drop((rows) => rows.where('account_id', '=', accountId).where('id', '!=', keptId));
    },

    async dropDrills(accountId: string): Promise<void> {
      await drop((rows) => rows.where('account_id', '=', accountId).where('is_drill', '=', true));
    },

    async dropAll(accountId: string): Promise<void> {
      await drop((rows) => rows.where('account_id', '=', accountId));
    },

    /** Its nonces and challenges go with it; what it did stays in the account's log. */
    async drop(id: string): Promise<void> {
      await drop((rows) => rows.where('id', '=', id));
    },

    /** Locked ones, which are in no group. */
    async dropEnded(nowMs: number): Promise<void> {
      await db.deleteFrom('sessions').where('ends_at_ms', '<=', nowMs).execute();
    },
  };
}
