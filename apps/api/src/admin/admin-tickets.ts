import { type AdminAnswer, DomainError } from '@hexkey/contract';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { checkOpen } from '../support/own-ticket.ts';
import type { ListedTicket, SupportTicket } from '../support/support-tickets.store.ts';
import { tellDevices } from '../team-hexkey/tell-devices.ts';

const maxListed = 500;

/** @throws {DomainError} `NotFound` (ticket) */
async function findTicket(stores: Stores, number: string): Promise<SupportTicket> {
  const ticket = await stores.supportTickets.findByNumber(number);
  if (ticket === null) throw new DomainError('NotFound', { what: 'ticket' });
  return ticket;
}

const lineOf = (ticket: ListedTicket) => ({
  ticketNumber: ticket.number,
  state: ticket.state,
  locale: ticket.locale,
  hexkeyId: ticket.hexkey_id,
  openedAtMs: ticket.opened_at_ms,
  lastMessageAtMs: ticket.last_message_at_ms,
  awaitsAnswer: ticket.awaits_answer,
  hasLogs: ticket.logs_expire_at_ms !== null,
});

export async function listTickets(
  stores: Stores,
  state: 'open' | 'closed',
  nowMs: number,
): Promise<AdminAnswer<'listTickets'>> {
  return { tickets: (await stores.supportTickets.list(state, maxListed, nowMs)).map(lineOf) };
}

/** @throws {DomainError} `NotFound` (ticket) */
export async function showTicket(
  stores: Stores,
  number: string,
  nowMs: number,
): Promise<AdminAnswer<'showTicket'>> {
  const ticket = await findTicket(stores, number);
  const account = ticket.account_id === null ? null : await stores.accounts.get(ticket.account_id);
  const messages = await stores.supportTickets.messages(ticket.id);
  const logsDeletedAtMs = await stores.supportTickets.logsExpireAtMs(ticket.id, nowMs);
  return {
    ...lineOf({ ...ticket, hexkey_id: account?.hexkey_id ?? null, logs_expire_at_ms: logsDeletedAtMs }),
    logsDeletedAtMs,
    messages: messages.map(({ sender, text, at_ms }) => ({ from: sender, text, atMs: at_ms })),
  };
}

/** @throws {DomainError} `NotFound` (ticket) */
export async function showTicketLogs(
  stores: Stores,
  number: string,
  nowMs: number,
): Promise<AdminAnswer<'showTicketLogs'>> {
  const lines = await stores.supportTickets.logLines((await findTicket(stores, number)).id, nowMs);
  return { lines: lines?.split('\n') ?? [] };
}

/**
 * Team Hexkey tells the account, where the ticket is one's, that there is an answer; never what it says.
 * @throws {DomainError} `NotFound` (ticket), `TicketClosed`
 */
export async function answerTicket(
  deps: Pick<Deps, 'clock' | 'random' | 'teamKey'>,
  stores: Stores,
  given: { readonly ticketNumber: string; readonly messageId: string; readonly text: string },
): Promise<void> {
  const { ticketNumber } = given;
  const ticket = await findTicket(stores, ticketNumber);
  checkOpen(ticket);
  const isNew = await stores.supportTickets.addMessage({
    ticket_id: ticket.id,
    id: given.messageId,
    sender: 'support',
    text: given.text,
    at_ms: deps.clock.now(),
  });
  if (isNew && ticket.account_id !== null)
    await tellDevices(deps, stores, ticket.account_id, {
      kind: 'supportAnswered',
      parameters: { ticketNumber },
    });
}

/** @throws {DomainError} `NotFound` (ticket) */
export async function closeTicket(stores: Stores, number: string): Promise<void> {
  await stores.supportTickets.close((await findTicket(stores, number)).id);
}
