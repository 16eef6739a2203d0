import { DomainError, type TicketView } from '@hexkey/contract';
import { ticketKeyHash } from '@hexkey/protocol';
import type { Stores } from '../database/stores.ts';
import type { Deps } from '../deps.ts';
import { readBytes } from '../field-bytes.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { addressSubject } from '../limits/subjects.ts';
import type { SupportTicket } from './support-tickets.store.ts';
import { ticketViewOf } from './ticket-view.ts';

export type SupportDeps = Pick<Deps, 'clock' | 'keys' | 'transact'>;

/**
 * Does something with the ticket whose key somebody holds, and answers what it is then.
 * @throws {DomainError} `NotFound` (ticket), `TooMany`
 */
export function withOwnTicket(
  deps: SupportDeps,
  given: { readonly ticketKey: string; readonly address: string },
  work: (stores: Stores, ticket: SupportTicket) => Promise<void>,
): Promise<TicketView> {
  const keyHash = ticketKeyHash(readBytes(given.ticketKey, 'ticketKey'));
  return deps.transact(async (stores) => {
    await enforceLimit(deps, stores, 'ticketCallsPerAddress', addressSubject(deps.keys, given.address));
    const find = async () => {
      const ticket = await stores.supportTickets.findByKeyHash(keyHash);
      if (ticket === null) throw new DomainError('NotFound', { what: 'ticket' });
      return ticket;
    };
    await work(stores, await find());
    return ticketViewOf(stores, await find(), deps.clock.now());
  });
}

/** @throws {DomainError} `TicketClosed` */
export function checkOpen({ state }: SupportTicket): void {
  if (state === 'closed') throw new DomainError('TicketClosed', {});
}
