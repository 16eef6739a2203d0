import { type Kysely, type Selectable, sql } from 'kysely';
import type { AccountDeletionsTable, EraseDeliveriesTable, Tables } from '../database/tables.ts';
import { eraseRows } from './erase-rows.ts';

export type AccountDeletion = Selectable<AccountDeletionsTable>;
export type EraseDelivery = Selectable<EraseDeliveriesTable>;
export type DeletionsStore = ReturnType<typeof deletionsStore>;

export function deletionsStore(db: Kysely<Tables>) {
  return {
    async get(accountId: string): Promise<AccountDeletion | null> {
      const rows = db.selectFrom('account_deletions').selectAll().where('account_id', '=', accountId);
      return (await rows.executeTakeFirst()) ?? null;
    },

    /** Held until the transaction ends: the day and a change of mind may come at the same moment. */
    async lock(accountId: string): Promise<AccountDeletion | null> {
      const rows = db.selectFrom('account_deletions').selectAll().where('account_id', '=', accountId);
      return (await rows.forUpdate().executeTakeFirst()) ?? null;
    },

    /** In the place of what was said before; nobody is told of that any more. */
    async put(deletion: AccountDeletion): Promise<void> {
      await db
        .insertInto('account_deletions')
        .values(deletion)
        .onConflict((conflict) => conflict.column('account_id').doUpdateSet(deletion))
        .execute();
      await db.deleteFrom('erase_deliveries').where('account_id', '=', deletion.account_id).execute();
    },

    /** One whose day has come, held until the transaction ends; one that another instance holds is passed over. */
    async lockDue(nowMs: number): Promise<AccountDeletion | null> {
      const rows = db
        .selectFrom('account_deletions')
        .selectAll()
        .where('state', '=', 'pending')
        .where('effective_at_ms', '<=', nowMs)
        .orderBy('effective_at_ms')
        .limit(1)
        .forUpdate()
        .skipLocked();
      return (await rows.executeTakeFirst()) ?? null;
    },

    async markExecuted(accountId: string): Promise<void> {
      const update = db.updateTable('account_deletions').set({ state: 'executed' });
      await update.where('account_id', '=', accountId).execute();
    },

    /** Leaves the tombstone of an account whose sessions and groups have ended. */
    async eraseRows(accountId: string, nowMs: number): Promise<void> {
      await eraseRows(db, accountId, nowMs);
    },

    async addDeliveries(accountId: string, realmIds: readonly string[], nowMs: number): Promise<void> {
      const rows = realmIds.map((realm_id) => ({ account_id: accountId, realm_id, due_at_ms: nowMs }));
      if (rows.length > 0) await db.insertInto('erase_deliveries').values(rows).execute();
    },

    /** Takes what is due, so that no other instance delivers it until `untilMs`, by which time whoever took it has said what came of it. */
    async claimDeliveries(nowMs: number, untilMs: number, limit: number): Promise<EraseDelivery[]> {
      const claimed = await sql<EraseDelivery>`update erase_deliveries set due_at_ms = ${untilMs}
        where (account_id, realm_id) in (
          select account_id, realm_id from erase_deliveries where due_at_ms <= ${nowMs}
          order by due_at_ms limit ${limit} for update skip locked)
        returning account_id, realm_id, due_at_ms`.execute(db);
      return claimed.rows;
    },

    /** @param dueAtMs null: never again */
    async settleDelivery(delivery: EraseDelivery, dueAtMs: number | null): Promise<void> {
      const { account_id, realm_id, due_at_ms } = delivery;
      // One that was claimed again meanwhile is the other claimer's.
      if (dueAtMs === null)
        await db
          .deleteFrom('erase_deliveries')
          .where('account_id', '=', account_id)
          .where('realm_id', '=', realm_id)
          .where('due_at_ms', '=', due_at_ms)
          .execute();
      else
        await db
          .updateTable('erase_deliveries')
          .set({ due_at_ms: dueAtMs })
          .where('account_id', '=', account_id)
          .where('realm_id', '=', realm_id)
          .where('due_at_ms', '=', due_at_ms)
          .execute();
    },
  };
}
