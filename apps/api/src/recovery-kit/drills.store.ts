import type { Kysely, Selectable } from 'kysely';
import type { OpenDrillsTable, RecoveryMethod, Tables } from '../database/tables.ts';

export type OpenDrill = Selectable<OpenDrillsTable>;
export type DrillsStore = ReturnType<typeof drillsStore>;

/** When each recovery method last worked, and the rehearsal that is under way. */
export function drillsStore(db: Kysely<Tables>) {
  return {
    async record(accountId: string, method: RecoveryMethod, atMs: number): Promise<void> {
      await db
        .insertInto('drills')
        .values({ account_id: accountId, method, worked_at_ms: atMs })
        .onConflict((conflict) =>
          conflict.columns(['account_id', 'method']).doUpdateSet({ worked_at_ms: atMs }),
        )
        .execute();
    },

    async lastOf(accountId: string): Promise<Partial<Record<RecoveryMethod, number>>> {
      const rows = await db.selectFrom('drills').selectAll().where('account_id', '=', accountId).execute();
      return Object.fromEntries(rows.map(({ method, worked_at_ms }) => [method, worked_at_ms]));
    },

    /** In the place of the one before. */
    async open(drill: OpenDrill): Promise<void> {
      const { account_id: _, ...rest } = drill;
      await db
        .insertInto('open_drills')
        .values(drill)
        .onConflict((conflict) => conflict.column('account_id').doUpdateSet(rest))
        .execute();
    },

    /** The rehearsal that a login belongs to; null for any other login. */
    async awaited(
      accountId: string,
      login: { readonly method: string; readonly deviceKey: Uint8Array },
      nowMs: number,
    ): Promise<OpenDrill | null> {
      const rows = db
        .selectFrom('open_drills')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('device_key', '=', login.deviceKey)
        .where('expires_at_ms', '>', nowMs)
        .where('worked_at_ms', 'is', null);
      const drill = await rows.executeTakeFirst();
      return drill !== undefined && drill.method === login.method ? drill : null;
    },

    async noteGotIn(accountId: string): Promise<void> {
      await db.updateTable('open_drills').set({ got_in: true }).where('account_id', '=', accountId).execute();
    },

    /** Reads it and keeps rivals out until the transaction ends. */
    async lock(accountId: string): Promise<OpenDrill | null> {
      const rows = db.selectFrom('open_drills').selectAll().where('account_id', '=', accountId).forUpdate();
      return (await rows.executeTakeFirst()) ?? null;
    },

    async noteWorked(accountId: string, atMs: number): Promise<void> {
      await db
        .updateTable('open_drills')
        .set({ worked_at_ms: atMs })
        .where('account_id', '=', accountId)
        .execute();
    },

    async close(accountId: string): Promise<void> {
      await db.deleteFrom('open_drills').where('account_id', '=', accountId).execute();
    },

    async dropExpired(nowMs: number): Promise<void> {
      await db.deleteFrom('open_drills').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}
