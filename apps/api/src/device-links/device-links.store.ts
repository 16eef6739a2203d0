import type { Kysely, Selectable } from 'kysely';
import type { DeviceLinksTable, Tables } from '../database/tables.ts';

export type DeviceLink = Selectable<DeviceLinksTable>;
export type DeviceLinksStore = ReturnType<typeof deviceLinksStore>;

export function deviceLinksStore(db: Kysely<Tables>) {
  return {
    async add(link: DeviceLink): Promise<void> {
      await db.insertInto('device_links').values(link).execute();
    },

    /** Reads one that has not expired and keeps rivals out until the transaction ends: it is opened and collected once. */
    async lock(id: string, nowMs: number): Promise<DeviceLink | null> {
      const rows = db
        .selectFrom('device_links')
        .selectAll()
        .where('id', '=', id)
        .where('expires_at_ms', '>', nowMs)
        .forUpdate();
      return (await rows.executeTakeFirst()) ?? null;
    },

    async update(id: string, change: Partial<Omit<DeviceLink, 'id' | 'device_key'>>): Promise<void> {
      await db.updateTable('device_links').set(change).where('id', '=', id).execute();
    },

    async dropExpired(nowMs: number): Promise<void> {
      await db.deleteFrom('device_links').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}
