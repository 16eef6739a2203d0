import type { TicketView } from '@hexkey/contract';
import type { Stores } from '../database/stores.ts';
import type { SupportTicket } from './support-tickets.store.ts';

/** A ticket as whoever holds its key sees it. */
export async function ticketViewOf(
  stores: Pick<Stores, 'supportTickets'>,
  ticket: SupportTicket,
  nowMs: number,
): Promise<TicketView> {
  const messages = await stores.supportTickets.messages(ticket.id);
  return {
    ticketNumber: ticket.number,
    state: ticket.state,
    isLinked: ticket.account_id !== null,
    logsDeletedAtMs: await stores.supportTickets.logsExpireAtMs(ticket.id, nowMs),
    messages: messages.map(({ id, sender, text, at_ms }) => ({
      messageId: id,
      from: sender,
      text,
      atMs: at_ms,
    })),
  };
}
