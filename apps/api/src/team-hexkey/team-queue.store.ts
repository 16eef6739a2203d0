import { type Kysely, type Selectable, sql } from 'kysely';
import type { Tables, TeamQueueTable } from '../database/tables.ts';
import { unnest } from '../database/unnest.ts';

const placeTypes = { envelope_id: 'uuid', device_id: 'uuid' } as const;

export type QueuedMessage = Selectable<TeamQueueTable>;
export type TeamQueueStore = ReturnType<typeof teamQueueStore>;

/** @param queuedFor told the session of each message that is added, so that its socket can be woken after the commit */
export function teamQueueStore(db: Kysely<Tables>, queuedFor: Set<string>) {
  return {
    async add(message: QueuedMessage): Promise<void> {
      await db.insertInto('team_queue').values(message).execute();
      queuedFor.add(message.session_id);
    },

    /** What waits for a device, oldest first, without what is on its way already. */
    async list(
      sessionId: string,
      without: readonly string[],
      limit: number,
      nowMs: number,
    ): Promise<QueuedMessage[]> {
      let rows = db
        .selectFrom('team_queue')
        .selectAll()
        .where('session_id', '=', sessionId)
        .where('expires_at_ms', '>', nowMs);
      if (without.length > 0) rows = rows.where('id', 'not in', without);
      return await rows.orderBy('sent_at_ms').orderBy('id').limit(limit).execute();
    },

    /** Only a device's own: an id of another one's queue changes nothing. */
    async ack(
      places: readonly { readonly device_id: string; readonly envelope_id: string }[],
    ): Promise<void> {
      if (places.length === 0) return;
      await db
        .deleteFrom('team_queue')
        .where(sql<boolean>`(id, session_id) in (select * from ${unnest(places, placeTypes)})`)
        .execute();
    },

    async dropExpired(nowMs: number): Promise<void> {
      await db.deleteFrom('team_queue').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}
