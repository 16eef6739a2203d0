import type { Kysely, Selectable } from 'kysely';
import type { DeviceListsTable, Tables } from '../database/tables.ts';

export type StoredDeviceList = Selectable<DeviceListsTable>;
export type DeviceListsStore = ReturnType<typeof deviceListsStore>;

export function deviceListsStore(db: Kysely<Tables>) {
  return {
    async get(accountId: string): Promise<StoredDeviceList | null> {
      const rows = db.selectFrom('device_lists').selectAll();
      return (await rows.where('account_id', '=', accountId).executeTakeFirst()) ?? null;
    },

    /** Of those of the accounts that share a group with the reader, who has not left it, and of the reader's own. */
    async listFor(readerId: string, accountIds: readonly string[]): Promise<StoredDeviceList[]> {
      const sharing = db
        .selectFrom('group_members as own')
        .innerJoin('group_members as other', 'other.group_id', 'own.group_id')
        .select('other.account_id')
        .where('own.account_id', '=', readerId)
        .where('own.state', '!=', 'left')
        .where('other.account_id', 'in', accountIds);
      return await db
        .selectFrom('device_lists')
        .selectAll()
        .where('account_id', 'in', accountIds)
        .where((where) => where.or([where('account_id', '=', readerId), where('account_id', 'in', sharing)]))
        .execute();
    },

    /** Compare-and-set. @param replaces the version that is there, 0 for none @returns false when another one is */
    async put(replaces: number, next: StoredDeviceList): Promise<boolean> {
      if (replaces === 0) {
        const insert = db
          .insertInto('device_lists')
          .values(next)
          .onConflict((conflict) => conflict.doNothing());
        return (await insert.executeTakeFirst()).numInsertedOrUpdatedRows === 1n;
      }
      const update = db
        .updateTable('device_lists')
        .set(next)
        .where('account_id', '=', next.account_id)
        .where('version', '=', replaces);
      return (await update.executeTakeFirst()).numUpdatedRows === 1n;
    },
  };
}
