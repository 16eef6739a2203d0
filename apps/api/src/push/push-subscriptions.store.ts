import { type Kysely, type Selectable, sql } from 'kysely';
import type { PushSubscriptionsTable, Tables } from '../database/tables.ts';
import { type ColumnTypes, unnest } from '../database/unnest.ts';

export type PushSubscription = Selectable<PushSubscriptionsTable>;
export type PushSubscriptionsStore = ReturnType<typeof pushSubscriptionsStore>;

/** A device that a message of somebody else was queued for. */
export interface ToWake {
  readonly device_id: string;
  readonly account_id: string;
  readonly sender_account_id: string;
  readonly is_direct: boolean;
}
const toWakeTypes: ColumnTypes<ToWake> = {
  device_id: 'uuid',
  account_id: 'uuid',
  sender_account_id: 'uuid',
  is_direct: 'boolean',
};

export function pushSubscriptionsStore(db: Kysely<Tables>) {
  /** Only as it was claimed: what happened to it meanwhile counts. */
  const asClaimed = ({ session_id, endpoint, due_at_ms }: PushSubscription) =>
    db
      .updateTable('push_subscriptions')
      .where('session_id', '=', session_id)
      .where('endpoint', '=', endpoint)
      .where('due_at_ms', '=', due_at_ms);

  return {
    async replace(sessionId: string, endpoint: string, nowMs: number): Promise<void> {
      const fresh = { endpoint, created_at_ms: nowMs, due_at_ms: null, tries: 0, is_outstanding: false };
      await db
        .insertInto('push_subscriptions')
        .values({ session_id: sessionId, ...fresh })
        .onConflict((conflict) => conflict.column('session_id').doUpdateSet(fresh))
        .execute();
    },

    async drop(sessionId: string): Promise<void> {
      await db.deleteFrom('push_subscriptions').where('session_id', '=', sessionId).execute();
    },

    /** The push service has forgotten the address: of every account of that browser. */
    async dropEndpoint(endpoint: string): Promise<void> {
      await db.deleteFrom('push_subscriptions').where('endpoint', '=', endpoint).execute();
    },

    /**
     * Devices that may have to be woken, unless they were woken already or are about to be. In a conversation of two only by a contact: anybody
     * else may be a request, of which only the device knows whether it was accepted. In a group by nobody who is blocked. What is muted only the
     * device knows.
     */
    async want(devices: readonly ToWake[], dueAtMs: number): Promise<void> {
      await sql`update push_subscriptions set due_at_ms = ${dueAtMs}, tries = 0
        from ${unnest(devices, toWakeTypes)} as woken (device_id, account_id, sender_account_id, is_direct)
        where push_subscriptions.session_id = woken.device_id
          and push_subscriptions.due_at_ms is null and not push_subscriptions.is_outstanding
          and (not woken.is_direct or exists (select from contacts
            where contacts.owner_id = woken.account_id
              and contacts.contact_id = woken.sender_account_id))
          and not exists (select from blocks where blocks.owner_id = woken.account_id
            and blocks.blocked_id = woken.sender_account_id)`.execute(db);
    },

    /** The device is there: it reads for itself, and is woken anew when it has gone. */
    async connected(sessionId: string): Promise<void> {
      await db
        .updateTable('push_subscriptions')
        .set({ due_at_ms: null, tries: 0, is_outstanding: false })
        .where('session_id', '=', sessionId)
        .where((where) => where.or([where('is_outstanding', '=', true), where('due_at_ms', 'is not', null)]))
        .execute();
    },

    /** Takes due ones until `untilMs`: whoever is killed over them leaves them to be claimed again. */
    async claim(nowMs: number, untilMs: number, limit: number): Promise<PushSubscription[]> {
      const claimed = await sql<PushSubscription>`update push_subscriptions
        set due_at_ms = ${untilMs}, tries = tries + 1
        where session_id in (select session_id from push_subscriptions where due_at_ms <= ${nowMs}
          order by due_at_ms limit ${limit} for update skip locked)
        returning *`.execute(db);
      return claimed.rows;
    },

    /** Those of some devices that have not taken everything. */
    async waiting(sessionIds: readonly string[], nowMs: number): Promise<ReadonlySet<string>> {
      const rows = await db
        .selectFrom('envelope_queue')
        .innerJoin('envelopes', 'envelopes.id', 'envelope_queue.envelope_id')
        .select('envelope_queue.device_id')
        .distinct()
        .where(sql<boolean>`envelope_queue.device_id = any(${sessionIds}::uuid[])`)
        .where('envelopes.kind', '=', 'message')
        .where('envelopes.expires_at_ms', '>', nowMs)
        .execute();
      return new Set(rows.map((row) => row.device_id));
    },

    async settle(claimed: PushSubscription, isOutstanding: boolean): Promise<void> {
      await asClaimed(claimed).set({ due_at_ms: null, tries: 0, is_outstanding: isOutstanding }).execute();
    },

    async postpone(claimed: PushSubscription, dueAtMs: number): Promise<void> {
      await asClaimed(claimed).set({ due_at_ms: dueAtMs }).execute();
    },
  };
}
