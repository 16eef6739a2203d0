import { type Kysely, type Selectable, sql } from 'kysely';
import type { SentIdsTable, Tables } from '../database/tables.ts';
import { type ColumnTypes, insertRows, unnest } from '../database/unnest.ts';

export type SentId = Selectable<SentIdsTable>;
export type SentIdsStore = ReturnType<typeof sentIdsStore>;

const idTypes: ColumnTypes<Pick<SentId, 'device_id' | 'client_message_id'>> = {
  device_id: 'uuid',
  client_message_id: 'uuid',
};
const sentTypes: ColumnTypes<SentId> = {
  ...idTypes,
  group_id: 'uuid',
  envelope_id: 'uuid',
  epoch: 'bigint',
  sent_at_ms: 'bigint',
  is_dropped: 'boolean',
  expires_at_ms: 'bigint',
};

/** What devices have sent, by the ids they chose, for as long as it could be delivered. */
export function sentIdsStore(db: Kysely<Tables>) {
  return {
    async add(sent: readonly SentId[]): Promise<void> {
      await insertRows(db, 'sent_ids', sent, sentTypes);
    },

    async find(
      ids: readonly { readonly device_id: string; readonly client_message_id: string }[],
    ): Promise<SentId[]> {
      if (ids.length === 0) return [];
      return await db
        .selectFrom('sent_ids')
        .selectAll()
        .where(sql<boolean>`(device_id, client_message_id) in (select * from ${unnest(ids, idTypes)})`)
        .execute();
    },

    /** Those of a device's messages that no device of another account waits for any more, and that were not dropped. */
    async delivered(deviceId: string, clientMessageIds: readonly string[], nowMs: number): Promise<string[]> {
      if (clientMessageIds.length === 0) return [];
      const rows = await db
        .selectFrom('sent_ids')
        .leftJoin('envelopes', 'envelopes.id', 'sent_ids.envelope_id')
        .select('sent_ids.client_message_id')
        .where('sent_ids.device_id', '=', deviceId)
        .where('sent_ids.client_message_id', 'in', clientMessageIds)
        .where('sent_ids.is_dropped', '=', false)
        .where('sent_ids.expires_at_ms', '>', nowMs)
        .where((where) =>
          where.or([where('envelopes.id', 'is', null), where('envelopes.pending_others', '=', 0)]),
        )
        .execute();
      return rows.map((row) => row.client_message_id);
    },

    async dropExpired(nowMs: number): Promise<void> {
      await db.deleteFrom('sent_ids').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}
