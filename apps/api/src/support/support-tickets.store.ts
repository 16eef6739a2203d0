import type { Insertable, Kysely, Selectable } from 'kysely';
import type { SupportMessagesTable, SupportTicketsTable, Tables } from '../database/tables.ts';

export type SupportTicket = Selectable<SupportTicketsTable>;
export type ListedTicket = SupportTicket & {
  /** Null: of nobody with an account. */
  readonly hexkey_id: string | null;
  /** Null: no log is there. */
  readonly logs_expire_at_ms: number | null;
};
export type SupportMessage = Selectable<SupportMessagesTable>;
export type SupportTicketsStore = ReturnType<typeof supportTicketsStore>;

export function supportTicketsStore(db: Kysely<Tables>) {
  const logsOf = (ticketId: string, nowMs: number) =>
    db.selectFrom('support_logs').where('ticket_id', '=', ticketId).where('expires_at_ms', '>', nowMs);
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

    /** Those that wait for an answer first, the longest wait before the others; with whose they are and whether a log is there, never the log. */
    async list(state: 'open' | 'closed', max: number, nowMs: number): Promise<ListedTicket[]> {
      return db
        .selectFrom('support_tickets')
        .leftJoin('accounts', 'accounts.id', 'support_tickets.account_id')
        .leftJoin('support_logs', (join) =>
          join
            .onRef('support_logs.ticket_id', '=', 'support_tickets.id')
            .on('support_logs.expires_at_ms', '>', nowMs),
        )
        .selectAll('support_tickets')
        .select(['accounts.hexkey_id', 'support_logs.expires_at_ms as logs_expire_at_ms'])
        .where('support_tickets.state', '=', state)
        .orderBy('support_tickets.awaits_answer', 'desc')
        .orderBy('support_tickets.last_message_at_ms')
        .limit(max)
        .execute();
    },

    async link(id: string, accountId: string): Promise<void> {
      await only(id).set({ account_id: accountId }).execute();
    },

    async close(id: string): Promise<void> {
      await only(id).set({ state: 'closed', awaits_answer: false }).execute();
    },

    /** Writes nothing for a message that is there already. @returns whether it was written */
    async addMessage(message: Insertable<SupportMessagesTable>): Promise<boolean> {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('support_messages')
        .values(message)
        .onConflict((conflict) => conflict.columns(['ticket_id', 'id']).doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 0n) return false;
      const isAsked = message.sender === 'asker';
      await only(message.ticket_id)
        .set({ last_message_at_ms: message.at_ms, awaits_answer: isAsked })
        .execute();
      return true;
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

    /** Null when there is none any more. Reads nothing of the log itself: tickets are asked for all the time. */
    async logsExpireAtMs(ticketId: string, nowMs: number): Promise<number | null> {
      const found = logsOf(ticketId, nowMs).select('expires_at_ms');
      return (await found.executeTakeFirst())?.expires_at_ms ?? null;
    },

    /** Up to a MiB. Null when there is none any more. */
    async logLines(ticketId: string, nowMs: number): Promise<string | null> {
      const found = logsOf(ticketId, nowMs).select('lines');
      return (await found.executeTakeFirst())?.lines ?? null;
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
