import { DomainError } from '@hexkey/contract';
import type { Deps } from '../deps.ts';
import type { Handlers } from '../http/handlers.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { ticketSubject } from '../limits/subjects.ts';
import { openTicket } from './open-ticket.ts';
import { checkOpen, withOwnTicket } from './own-ticket.ts';
import { logsKeptMs } from './retention.ts';

type SupportRoutes = 'openTicket' | 'readTicket' | 'writeToTicket' | 'sendTicketLogs' | 'linkTicket';

export function supportHandlers(deps: Deps): Pick<Handlers, SupportRoutes> {
  const { clock, keys } = deps;
  return {
    openTicket: ({ body, address }) => openTicket(deps, body, address),

    readTicket: ({ body, address }) => withOwnTicket(deps, { ...body, address }, async () => undefined),

    writeToTicket: ({ body, address }) =>
      withOwnTicket(deps, { ...body, address }, async (stores, ticket) => {
        checkOpen(ticket);
        await enforceLimit(deps, stores, 'messagesPerTicket', ticketSubject(keys, ticket.id));
        const { messageId: id, text } = body;
        const message = { ticket_id: ticket.id, id, sender: 'asker', text, at_ms: clock.now() } as const;
        await stores.supportTickets.addMessage(message);
      }),

    sendTicketLogs: ({ body, address }) =>
      withOwnTicket(deps, { ...body, address }, async (stores, ticket) => {
        checkOpen(ticket);
        await enforceLimit(deps, stores, 'logsPerTicket', ticketSubject(keys, ticket.id));
        const lines = body.lines.join('\n');
        await stores.supportTickets.putLogs(ticket.id, lines, clock.now() + logsKeptMs);
      }),

    linkTicket: ({ body, address, caller }) =>
      withOwnTicket(deps, { ...body, address }, async (stores, ticket) => {
        if (ticket.account_id === caller.account.id) return;
        if (ticket.account_id !== null) throw new DomainError('Forbidden', { reason: 'not-allowed' });
        await stores.supportTickets.link(ticket.id, caller.account.id);
      }),
  };
}
