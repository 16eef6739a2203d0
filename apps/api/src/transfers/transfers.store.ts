import type { Kysely, Selectable } from 'kysely';
import type { Tables, TransfersTable } from '../database/tables.ts';

export type StoredTransfer = Selectable<TransfersTable>;
export type TransfersStore = ReturnType<typeof transfersStore>;

export function transfersStore(db: Kysely<Tables>) {
  return {
    async get(accountId: string, intentId: string): Promise<StoredTransfer | null> {
      const rows = db
        .selectFrom('transfers')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('intent_id', '=', intentId);
      return (await rows.executeTakeFirst()) ?? null;
    },

    async add(transfer: StoredTransfer): Promise<void> {
      await db.insertInto('transfers').values(transfer).execute();
    },

    /** What counts towards the limits since then, oldest first: whatever is said to have become of it, because only clients say so (ADR 94). */
    async listSpends(accountId: string, sinceMs: number) {
      const rows = await db
        .selectFrom('transfers')
        .select(['intent_id', 'created_at_ms', 'lamports', 'mint', 'amount'])
        .where('account_id', '=', accountId)
        .where('created_at_ms', '>', sinceMs)
        .orderBy('created_at_ms')
        .execute();
      return rows.map(({ intent_id, created_at_ms, lamports, mint, amount }) => ({
        intentId: intent_id,
        atMs: created_at_ms,
        lamports: BigInt(lamports),
        token: mint === null || amount === null ? null : { mint, amount: BigInt(amount) },
      }));
    },

    /** Once: signed bytes never change. @returns false when some are there */
    async putSigned(accountId: string, intentId: string, transaction: Uint8Array): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('transfers')
        .set({ signed_transaction: transaction, state: 'signed' })
        .where('account_id', '=', accountId)
        .where('intent_id', '=', intentId)
        .where('signed_transaction', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async settle(
      accountId: string,
      intentId: string,
      { state, failure }: Pick<StoredTransfer, 'state' | 'failure'>,
    ): Promise<void> {
      await db
        .updateTable('transfers')
        .set({ state, failure })
        .where('account_id', '=', accountId)
        .where('intent_id', '=', intentId)
        .execute();
    },

    /** Newest first. @param before only those older than this one */
    async list(accountId: string, before: StoredTransfer | null, limit: number): Promise<StoredTransfer[]> {
      let rows = db.selectFrom('transfers').selectAll().where('account_id', '=', accountId);
      if (before !== null)
        rows = rows.where((where) =>
          where.or([
            where('created_at_ms', '<', before.created_at_ms),
            where.and([
              where('created_at_ms', '=', before.created_at_ms),
              where('intent_id', '<', before.intent_id),
            ]),
          ]),
        );
      return await rows.orderBy('created_at_ms', 'desc').orderBy('intent_id', 'desc').limit(limit).execute();
    },
  };
}
