import { type Kysely, type Selectable, sql } from 'kysely';
import type { EnvelopeQueueTable, EnvelopesTable, Tables } from '../database/tables.ts';
import { type ColumnTypes, insertRows, unnest } from '../database/unnest.ts';

export type StoredEnvelope = Selectable<EnvelopesTable>;
/** One device of an account. */
export interface DeviceOf {
  readonly account_id: string;
  readonly device_id: string;
}

/** What is to be delivered, and to whom. */
export interface NewEnvelope extends Omit<StoredEnvelope, 'pending' | 'pending_others'> {
  readonly position: number;
  readonly to: readonly DeviceOf[];
}

/** A place in a device's queue. */
export interface Queued {
  readonly device_id: string;
  readonly envelope_id: string;
}

/** A message that every device of every other account has, and the device that sent it. */
export interface Delivered {
  readonly sender_device_id: string;
  readonly client_message_id: string;
}

export type EnvelopesStore = ReturnType<typeof envelopesStore>;

/** @param queuedFor told the devices of each envelope that is added, so that their sockets can be woken after the commit */
export function envelopesStore(db: Kysely<Tables>, queuedFor: Set<string>) {
  /**
   * Takes rows out of queues and counts them off their envelopes, under the locks of the envelopes in the order of their ids: of two who
   * take the last two rows one sees that it is the last, and whatever nobody waits for is deleted.
   */
  const take = async (places: readonly Queued[]): Promise<Taken[]> => {
    if (places.length === 0) return [];
    const ids = [...new Set(places.map((place) => place.envelope_id))];
    const locked = await db
      .selectFrom('envelopes')
      .select(['id', 'group_id', 'kind', 'sender_account_id', 'sender_device_id', 'client_message_id'])
      .select(['pending', 'pending_others'])
      .where(sql<boolean>`id = any(${ids}::uuid[])`)
      .orderBy('id')
      .forUpdate()
      .execute();
    if (locked.length === 0) return [];
    const rows = await db
      .deleteFrom('envelope_queue')
      .where(sql<boolean>`(envelope_id, device_id) in (select * from ${unnest(places, placeTypes)})`)
      .returning(['envelope_id', 'device_id', 'account_id'])
      .execute();
    const byId = new Map<string, Taken>(
      locked.map((envelope) => [
        envelope.id,
        { envelope, rows: [], left: envelope.pending, leftOthers: envelope.pending_others },
      ]),
    );
    for (const row of rows) {
      const taken = byId.get(row.envelope_id);
      if (taken === undefined) continue;
      taken.rows.push(row);
      taken.left -= 1;
      if (row.account_id !== taken.envelope.sender_account_id) taken.leftOthers -= 1;
    }
    const touched = [...byId.values()].filter((taken) => taken.rows.length > 0);
    const finished = touched.filter(({ left }) => left === 0).map(({ envelope }) => envelope.id);
    if (finished.length > 0)
      await db.deleteFrom('envelopes').where(sql<boolean>`id = any(${finished}::uuid[])`).execute();
    const counted = touched
      .filter(({ left }) => left > 0)
      .map(({ envelope, left, leftOthers }) => ({
        id: envelope.id,
        pending: left,
        pending_others: leftOthers,
      }));
    if (counted.length > 0)
      await sql`update envelopes set pending = counted.pending, pending_others = counted.pending_others
        from ${unnest(counted, countTypes)} as counted (id, pending, pending_others)
        where envelopes.id = counted.id`.execute(db);
    return touched;
  };

  /** Says of messages that were taken from devices for good which of them no device of an account is left to have. */
  const noteLost = async (taken: readonly Taken[], deviceIds: readonly string[]): Promise<void> => {
    const messages = taken.filter(({ envelope }) => envelope.kind === 'message');
    if (messages.length === 0) return;
    const groupIds = [...new Set(messages.map(({ envelope }) => envelope.group_id))];
    const others = await db
      .selectFrom('group_leaves')
      .select(['group_id', 'account_id'])
      .where(sql<boolean>`group_id = any(${groupIds}::uuid[])`)
      .where('is_ended', '=', false)
      .where('device_id', 'not in', deviceIds)
      .execute();
    const present = new Set(others.map((leaf) => `${leaf.group_id} ${leaf.account_id}`));
    const lost = messages.flatMap(({ envelope, rows }) => {
      const { id, group_id, sender_device_id: device_id, client_message_id } = envelope;
      if (rows.every((row) => present.has(`${group_id} ${row.account_id}`))) return [];
      return device_id === null || client_message_id === null ? [] : [{ id, device_id, client_message_id }];
    });
    if (lost.length === 0) return;
    await sql`update sent_ids set is_dropped = true
      from ${unnest(lost, lostTypes)} as lost (id, device_id, client_message_id)
      where sent_ids.device_id = lost.device_id and sent_ids.client_message_id = lost.client_message_id
        and sent_ids.envelope_id = lost.id`.execute(db);
  };

  return {
    /** An envelope for nobody is not kept. Call under the locks of their groups. */
    async add(envelopes: readonly NewEnvelope[]): Promise<void> {
      const addressed = envelopes.filter(({ to }) => to.length > 0);
      if (addressed.length === 0) return;
      const rows = addressed.map(({ to, position: _, ...envelope }) => ({
        ...envelope,
        pending: to.length,
        pending_others: to.filter(({ account_id }) => account_id !== envelope.sender_account_id).length,
      }));
      await insertRows(db, 'envelopes', rows, envelopeTypes);
      await insertRows(db, 'envelope_queue', addressed.flatMap(placesOf), queueTypes);
      for (const { to } of addressed) for (const { device_id } of to) queuedFor.add(device_id);
    },

    /** What waits for a device, in order, without what is on its way already. */
    async list(
      deviceId: string,
      without: readonly string[],
      limit: number,
      nowMs: number,
    ): Promise<StoredEnvelope[]> {
      let rows = db
        .selectFrom('envelope_queue')
        .innerJoin('envelopes', 'envelopes.id', 'envelope_queue.envelope_id')
        .selectAll('envelopes')
        .where('envelope_queue.device_id', '=', deviceId)
        .where('envelopes.expires_at_ms', '>', nowMs);
      if (without.length > 0) rows = rows.where('envelope_queue.envelope_id', 'not in', without);
      return await rows
        .orderBy('envelope_queue.sent_at_ms')
        .orderBy('envelope_queue.position')
        .orderBy('envelope_queue.envelope_id')
        .limit(limit)
        .execute();
    },

    /** Only places that are there count: acking twice, or for another device, changes nothing. @returns what is delivered by it */
    async ack(places: readonly Queued[]): Promise<Delivered[]> {
      return (await take(places)).flatMap(({ envelope, leftOthers }) => {
        const { kind, pending_others, sender_device_id, client_message_id } = envelope;
        if (kind !== 'message' || pending_others === 0 || leftOthers > 0) return [];
        if (sender_device_id === null || client_message_id === null) return [];
        return [{ sender_device_id, client_message_id }];
      });
    },

    /**
     * Empties the queues of devices, wholly or as far as one group is concerned. A message that waited for the last device its account had
     * in the group was not delivered, and is not said to be.
     */
    async giveUp(deviceIds: readonly string[], groupId: string | null = null): Promise<void> {
      if (deviceIds.length === 0) return;
      let queue = db
        .selectFrom('envelope_queue')
        .select(['envelope_id', 'device_id'])
        .where('device_id', 'in', deviceIds)
        .orderBy('envelope_id')
        .limit(givenUpAtOnce);
      if (groupId !== null) queue = queue.where('group_id', '=', groupId);
      for (;;) {
        const places = await queue.execute();
        await noteLost(await take(places), deviceIds);
        if (places.length < givenUpAtOnce) return;
      }
    },

    /** Queue rows go with their envelopes. */
    async dropExpired(nowMs: number): Promise<void> {
      await db.deleteFrom('envelopes').where('expires_at_ms', '<=', nowMs).execute();
    },
  };
}

interface Taken {
  readonly envelope: Pick<
    StoredEnvelope,
    | 'id'
    | 'group_id'
    | 'kind'
    | 'sender_account_id'
    | 'sender_device_id'
    | 'client_message_id'
    | 'pending'
    | 'pending_others'
  >;
  readonly rows: DeviceOf[];
  left: number;
  leftOthers: number;
}

function placesOf({ id, group_id, sent_at_ms, position, to }: NewEnvelope): EnvelopeQueueTable[] {
  return to.map(({ device_id, account_id }) => ({
    envelope_id: id,
    device_id,
    account_id,
    group_id,
    sent_at_ms,
    position,
  }));
}

/** Places that are read and taken in one go when a queue is given up, however long it is. */
const givenUpAtOnce = 10_000;

const lostTypes = { id: 'uuid', device_id: 'uuid', client_message_id: 'uuid' } as const;
const placeTypes: ColumnTypes<Queued> = { envelope_id: 'uuid', device_id: 'uuid' };
const countTypes = { id: 'uuid', pending: 'integer', pending_others: 'integer' } as const;
const queueTypes: ColumnTypes<EnvelopeQueueTable> = {
  envelope_id: 'uuid',
  device_id: 'uuid',
  account_id: 'uuid',
  group_id: 'uuid',
  sent_at_ms: 'bigint',
  position: 'bigint',
};
const envelopeTypes: ColumnTypes<StoredEnvelope> = {
  id: 'uuid',
  group_id: 'uuid',
  kind: 'text',
  epoch: 'bigint',
  sender_account_id: 'uuid',
  sender_device_id: 'uuid',
  client_message_id: 'uuid',
  body: 'bytea',
  sent_at_ms: 'bigint',
  pending: 'integer',
  pending_others: 'integer',
  expires_at_ms: 'bigint',
};
