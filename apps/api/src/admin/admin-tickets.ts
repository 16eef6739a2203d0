import { type AdminAnswer, DomainError } from '@hexkey/contract';
import type { Stores } from '../database/stores.ts';
import { checkOpen } from '../support/own-ticket.ts';
import type { SupportTicket } from '../support/support-tickets.store.ts';

const maxListed = 500;

/** @throws {DomainError} `NotFound` (ticket) */
async function findTicket(stores: Stores, number: string): Promise<SupportTicket> {
  const ticket = await stores.supportTickets.findByNumber(number);
  if (ticket === null) throw new DomainError('NotFound', { what: 'ticket' });
  return ticket;
}

async function lineOf(stores: Stores, ticket: SupportTicket, nowMs: number) {
  const account = ticket.account_id === null ? null : await stores.accounts.get(ticket.account_id);
  return {
    ticketNumber: ticket.number,
    state: ticket.state,
    locale: ticket.locale,
    hexkeyId: account?.hexkey_id ?? null,
    openedAtMs: ticket.opened_at_ms,
    lastMessageAtMs: ticket.last_message_at_ms,
    awaitsAnswer: ticket.awaits_answer,
    hasLogs: (await stores.supportTickets.logs(ticket.id, nowMs)) !== null,
  };
}

export async function listTickets(
  stores: Stores,
  state: 'open' | 'closed',
  nowMs: number,
): Promise<AdminAnswer<'listTickets'>> {
  const tickets = [];
  for (const ticket of await stores.supportTickets.list(state, maxListed))
    tickets.push(await lineOf(stores, ticket, nowMs));
  return { tickets };
}

/** @throws {DomainError} `NotFound` (ticket) */
export async function showTicket(
  stores: Stores,
  number: string,
  nowMs: number,
): Promise<AdminAnswer<'showTicket'>> {
  const ticket = await findTicket(stores, number);
  const messages = await stores.supportTickets.messages(ticket.id);
  const logs = await stores.supportTickets.logs(ticket.id, nowMs);
  return {
    ...(await lineOf(stores, ticket, nowMs)),
    logsDeletedAtMs: logs?.expires_at_ms ?? null,
    messages: messages.map(({ sender, text, at_ms }) => ({ from: sender, text, atMs: at_ms })),
  };
}

/** @throws {DomainError} `NotFound` (ticket) */
export async function showTicketLogs(
  stores: Stores,
  number: string,
  nowMs: number,
): Promise<AdminAnswer<'showTicketLogs'>> {
  const logs = await stores.supportTickets.logs((await findTicket(stores, number)).id, nowMs);
  return { lines: logs?.lines.split('\n') ?? [] };
}

/** @throws {DomainError} `NotFound` (ticket), `TicketClosed` */
export async function answerTicket(
  stores: Stores,
  given: { readonly ticketNumber: string; readonly messageId: string; readonly text: string },
  nowMs: number,
): Promise<void> {
  const ticket = await findTicket(stores, given.ticketNumber);
  checkOpen(ticket);
  await stores.supportTickets.addMessage({
    ticket_id: ticket.id,
    id: given.messageId,
    sender: 'support',
    text: given.text,
    at_ms: nowMs,
  });
}

/** @throws {DomainError} `NotFound` (ticket) */
export async function closeTicket(stores: Stores, number: string): Promise<void> {
  await stores.supportTickets.close((await findTicket(stores, number)).id);
}
