import type { Insertable, Kysely, Selectable } from 'kysely';
import type { SupportMessagesTable, SupportTicketsTable, Tables } from '../database/tables.ts';

export type SupportTicket = Selectable<SupportTicketsTable>;
export type SupportMessage = Selectable<SupportMessagesTable>;
export type SupportTicketsStore = ReturnType<typeof supportTicketsStore>;

export function supportTicketsStore(db: Kysely<Tables>) {
  const only = (id: string) => db.updateTable('support_tickets').where('id', '=', id);
  return {
    async add(ticket: Insertable<SupportTicketsTable>): Promise<void> {
      await db.insertInto('support_tickets').values(ticket).execute();
    },

    async isNumberTaken(number: string): Promise<boolean> {
      const taken = db.selectFrom('support_tickets').select('id').where('number', '=', number);
      return (await taken.executeTakeFirst()) !== undefined;
    },

    /** Locks the row, so that two writers are one after the other. Call inside a transaction. */
    async findByKeyHash(keyHash: Uint8Array): Promise<SupportTicket | null> {
      const found = db.selectFrom('support_tickets').selectAll().where('key_hash', '=', keyHash);
      return (await found.forUpdate().executeTakeFirst()) ?? null;
    },

    async findByNumber(number: string): Promise<SupportTicket | null> {
      const found = db.selectFrom('support_tickets').selectAll().where('number', '=', number);
      return (await found.forUpdate().executeTakeFirst()) ?? null;
    },

    /** Those that wait for an answer first, the longest wait before the others. */
    async list(state: 'open' | 'closed', max: number): Promise<SupportTicket[]> {
      return db
        .selectFrom('support_tickets')
        .selectAll()
        .where('state', '=', state)
        .orderBy('awaits_answer', 'desc')
        .orderBy('last_message_at_ms')
        .limit(max)
        .execute();
    },

    async link(id: string, accountId: string): Promise<void> {
      await only(id).set({ account_id: accountId }).execute();
    },

    async close(id: string): Promise<void> {
      await only(id).set({ state: 'closed', awaits_answer: false }).execute();
    },

    /** Writes nothing for a message that is there already. */
    async addMessage(message: Insertable<SupportMessagesTable>): Promise<void> {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('support_messages')
        .values(message)
        .onConflict((conflict) => conflict.columns(['ticket_id', 'id']).doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 0n) return;
      const isAsked = message.sender === 'asker';
      await only(message.ticket_id)
        .set({ last_message_at_ms: message.at_ms, awaits_answer: isAsked })
        .execute();
    },

    async messages(ticketId: string): Promise<SupportMessage[]> {
      return db
        .selectFrom('support_messages')
        .selectAll()
        .where('ticket_id', '=', ticketId)
        .orderBy('place')
        .execute();
    },

    /** Takes the place of the log that came before. */
    async putLogs(ticketId: string, lines: string, expiresAtMs: number): Promise<void> {
      const log = { lines, expires_at_ms: expiresAtMs };
      await db
        .insertInto('support_logs')
        .values({ ticket_id: ticketId, ...log })
        .onConflict((conflict) => conflict.column('ticket_id').doUpdateSet(log))
        .execute();
    },

    /** Null when there is none any more. */
    async logs(
      ticketId: string,
      nowMs: number,
    ): Promise<{ readonly lines: string; readonly expires_at_ms: number } | null> {
      const found = db
        .selectFrom('support_logs')
        .select(['lines', 'expires_at_ms'])
        .where('ticket_id', '=', ticketId)
        .where('expires_at_ms', '>', nowMs);
      return (await found.executeTakeFirst()) ?? null;
    },

    /** Logs that are over, and tickets in which nobody has written since. */
    async dropExpired(nowMs: number, silentSinceMs: number): Promise<void> {
      await db.deleteFrom('support_logs').where('expires_at_ms', '<=', nowMs).execute();
      await db.deleteFrom('support_tickets').where('last_message_at_ms', '<=', silentSinceMs).execute();
    },

    /** With the account everything goes that was said about it. */
    async dropOfAccount(accountId: string): Promise<void> {
      await db.deleteFrom('support_tickets').where('account_id', '=', accountId).execute();
    },
  };
}
