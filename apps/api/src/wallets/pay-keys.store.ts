import type { Kysely, Selectable } from 'kysely';
import type { PayKeysTable, Tables } from '../database/tables.ts';

export type PayKey = Selectable<PayKeysTable>;
export type PayKeysStore = ReturnType<typeof payKeysStore>;

export function payKeysStore(db: Kysely<Tables>) {
  return {
    async get(sessionId: string): Promise<PayKey | null> {
      const rows = db.selectFrom('pay_keys').selectAll().where('session_id', '=', sessionId);
      return (await rows.executeTakeFirst()) ?? null;
    },

    async put(payKey: PayKey): Promise<void> {
      const { key, window_ms, pin_at_ms } = payKey;
      await db
        .insertInto('pay_keys')
        .values(payKey)
        .onConflict((conflict) => conflict.column('session_id').doUpdateSet({ key, window_ms, pin_at_ms }))
        .execute();
    },

    /** The session has shown the PIN: its window begins anew. */
    async notePin(sessionId: string, nowMs: number): Promise<void> {
      await db
        .updateTable('pay_keys')
        .set({ pin_at_ms: nowMs })
        .where('session_id', '=', sessionId)
        .execute();
    },

    async drop(sessionId: string): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('pay_keys')
        .where('session_id', '=', sessionId)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    /** Of every device: the PIN was changed. */
    async dropAll(accountId: string): Promise<void> {
      await db.deleteFrom('pay_keys').where('account_id', '=', accountId).execute();
    },
  };
}
