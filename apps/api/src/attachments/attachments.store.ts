import { type Kysely, type Selectable, sql } from 'kysely';
import type { AttachmentQueueTable, AttachmentsTable, Tables } from '../database/tables.ts';
import { type ColumnTypes, insertRows } from '../database/unnest.ts';
import type { DeviceOf } from '../delivery/envelopes.store.ts';

export type StoredAttachment = Selectable<AttachmentsTable>;
export type AttachmentsStore = ReturnType<typeof attachmentsStore>;

export function attachmentsStore(db: Kysely<Tables>) {
  return {
    /** @returns false when the id is taken */
    async add(attachment: StoredAttachment): Promise<boolean> {
      const insert = db
        .insertInto('attachments')
        .values(attachment)
        .onConflict((conflict) => conflict.doNothing());
      return (await insert.executeTakeFirst()).numInsertedOrUpdatedRows === 1n;
    },

    async get(id: string, nowMs: number): Promise<StoredAttachment | null> {
      const row = db.selectFrom('attachments').selectAll().where('id', '=', id);
      return (await row.where('expires_at_ms', '>', nowMs).executeTakeFirst()) ?? null;
    },

    async lock(id: string): Promise<StoredAttachment | null> {
      const row = db.selectFrom('attachments').selectAll().where('id', '=', id).forUpdate();
      return (await row.executeTakeFirst()) ?? null;
    },

    /** One that is whole, for an account that is in its conversation. */
    async findFor(accountId: string, id: string, nowMs: number): Promise<StoredAttachment | null> {
      const row = await db
        .selectFrom('attachments')
        .innerJoin('group_members', 'group_members.group_id', 'attachments.group_id')
        .selectAll('attachments')
        .where('attachments.id', '=', id)
        .where('attachments.completed_at_ms', 'is not', null)
        .where('attachments.expires_at_ms', '>', nowMs)
        .where('group_members.account_id', '=', accountId)
        .where('group_members.state', '=', 'in')
        .executeTakeFirst();
      return row ?? null;
    },

    /** Bytes that an account has here or has announced. */
    async bytesOf(accountId: string, nowMs: number): Promise<number> {
      const row = await db
        .selectFrom('attachments')
        .select(({ fn }) => fn.sum<string | null>('length_bytes').as('bytes'))
        .where('account_id', '=', accountId)
        .where('expires_at_ms', '>', nowMs)
        .executeTakeFirst();
      return Number(row?.bytes ?? 0);
    },

    /** Its upload has ended: from now on these devices are waited for. Call under the lock of the group. */
    async complete(
      id: string,
      nowMs: number,
      expiresAtMs: number,
      devices: readonly DeviceOf[],
    ): Promise<void> {
      await db
        .updateTable('attachments')
        .set({ completed_at_ms: nowMs, expires_at_ms: expiresAtMs })
        .where('id', '=', id)
        .execute();
      const rows = devices.map(({ device_id, account_id }) => ({ attachment_id: id, device_id, account_id }));
      await insertRows(db, 'attachment_queue', rows, queueTypes);
    },

    /** Call under `lock`: of two devices that are the last ones one sees that it is. @returns whether nobody is waited for any more */
    async take(id: string, deviceId: string): Promise<boolean> {
      const taken = await db
        .deleteFrom('attachment_queue')
        .where('attachment_id', '=', id)
        .where('device_id', '=', deviceId)
        .executeTakeFirst();
      if (taken.numDeletedRows === 0n) return false;
      const left = db.selectFrom('attachment_queue').select('device_id').where('attachment_id', '=', id);
      return (await left.limit(1).executeTakeFirst()) === undefined;
    },

    async drop(id: string): Promise<void> {
      await db.deleteFrom('attachments').where('id', '=', id).execute();
    },

    /**
     * Devices that will fetch nothing more, and upload nothing more, wholly or as far as one group is concerned. What nobody is waited for
     * then is dropped by the job.
     */
    async giveUp(deviceIds: readonly string[], groupId: string | null = null): Promise<void> {
      if (deviceIds.length === 0) return;
      const inGroup = sql<boolean>`(${groupId}::uuid is null or group_id = ${groupId}::uuid)`;
      await db
        .deleteFrom('attachment_queue')
        .where('device_id', 'in', deviceIds)
        .where('attachment_id', 'in', (attachments) =>
          attachments.selectFrom('attachments').select('id').where(inGroup),
        )
        .execute();
      await db
        .deleteFrom('attachments')
        .where('device_id', 'in', deviceIds)
        .where('completed_at_ms', 'is', null)
        .where(inGroup)
        .execute();
    },

    /** Those whose time is over, and those that nobody is waited for. */
    async dropOver(nowMs: number): Promise<void> {
      await db
        .deleteFrom('attachments')
        .where((row) =>
          row.or([
            row('expires_at_ms', '<=', nowMs),
            row.and([
              row('completed_at_ms', 'is not', null),
              row.not(
                row.exists(
                  row
                    .selectFrom('attachment_queue')
                    .select('device_id')
                    .whereRef('attachment_queue.attachment_id', '=', 'attachments.id'),
                ),
              ),
            ]),
          ]),
        )
        .execute();
    },

    async idsAmong(ids: readonly string[]): Promise<Set<string>> {
      if (ids.length === 0) return new Set();
      const rows = db.selectFrom('attachments').select('id').where(sql<boolean>`id = any(${ids}::uuid[])`);
      return new Set((await rows.execute()).map(({ id }) => id));
    },
  };
}

const queueTypes: ColumnTypes<AttachmentQueueTable> = {
  attachment_id: 'uuid',
  device_id: 'uuid',
  account_id: 'uuid',
};
