import type { Kysely, Selectable } from 'kysely';
import type { DeviceKeysTable, Tables } from '../database/tables.ts';

export type DeviceKey = Selectable<DeviceKeysTable>;
export type DeviceKeysStore = ReturnType<typeof deviceKeysStore>;

export function deviceKeysStore(db: Kysely<Tables>) {
  return {
    async replace(key: DeviceKey): Promise<void> {
      await db
        .insertInto('device_keys')
        .values(key)
        .onConflict((conflict) => conflict.column('session_id').doUpdateSet(key))
        .execute();
    },

    /** Keys of the account's devices that have shown the PIN. */
    async listOf(accountId: string): Promise<DeviceKey[]> {
      return await db
        .selectFrom('device_keys')
        .innerJoin('sessions', 'sessions.id', 'device_keys.session_id')
        .selectAll('device_keys')
        .where('sessions.account_id', '=', accountId)
        .where('sessions.state', '=', 'full')
        .execute();
    },
  };
}
