import { type BodyOf, DomainError, type routes, type TicketView } from '@hexkey/contract';
import { solvesPuzzle, ticketKeyHash, ticketPuzzleSubject } from '@hexkey/protocol';
import type { Stores } from '../database/stores.ts';
import { isUniqueViolation } from '../database/unique-violation.ts';
import type { Deps } from '../deps.ts';
import { readBytes } from '../field-bytes.ts';
import { newUuid, randomBelow } from '../identifiers.ts';
import { enforceLimit } from '../limits/enforce-limit.ts';
import { addressSubject, everybody } from '../limits/subjects.ts';
import type { SupportTicket } from './support-tickets.store.ts';
import { ticketViewOf } from './ticket-view.ts';

type OpenDeps = Pick<Deps, 'clock' | 'random' | 'keys' | 'transact'>;

/**
 * Opens a ticket for whoever solved a puzzle. Who asks again with the same key, because the answer was lost, gets the ticket that is
 * there.
 * @throws {DomainError} `CaptchaWrong`, `TooMany`
 */
export async function openTicket(
  deps: OpenDeps,
  body: BodyOf<typeof routes.openTicket>,
  address: string,
): Promise<TicketView> {
  const ticketKey = readBytes(body.ticketKey, 'ticketKey');
  const findOpened = (stores: Stores) => ticketOfKey(stores, ticketKey, deps.clock.now());
  try {
    return await deps.transact(
      async (stores) => (await findOpened(stores)) ?? (await add(deps, stores, ticketKey, body, address)),
    );
  } catch (error) {
    // Asked twice at once: the other one took the puzzle, the last of a limit, or the key, since this one looked.
    if (!(error instanceof DomainError) && !isUniqueViolation(error)) throw error;
    const opened = await deps.transact(findOpened);
    if (opened === null) throw error;
    return opened;
  }
}

async function ticketOfKey(
  stores: Pick<Stores, 'supportTickets'>,
  ticketKey: Uint8Array,
  nowMs: number,
): Promise<TicketView | null> {
  const ticket = await stores.supportTickets.findByKeyHash(ticketKeyHash(ticketKey));
  return ticket && ticketViewOf(stores, ticket, nowMs);
}

async function add(
  deps: OpenDeps,
  stores: Stores,
  ticketKey: Uint8Array,
  body: BodyOf<typeof routes.openTicket>,
  address: string,
): Promise<TicketView> {
  const { clock, random, keys } = deps;
  const nowMs = clock.now();
  await checkPuzzle(stores, body.captcha, ticketKey, nowMs);
  await enforceLimit(deps, stores, 'ticketsPerAddress', addressSubject(keys, address));
  await enforceLimit(deps, stores, 'ticketsInAll', everybody(keys));
  const ticket: SupportTicket = {
    id: newUuid(random),
    number: await freeNumber(stores, random),
    key_hash: ticketKeyHash(ticketKey),
    account_id: null,
    locale: body.locale,
    state: 'open',
    awaits_answer: true,
    opened_at_ms: nowMs,
    last_message_at_ms: nowMs,
  };
  await stores.supportTickets.add(ticket);
  await stores.supportTickets.addMessage({
    ticket_id: ticket.id,
    id: body.messageId,
    sender: 'asker',
    text: body.text,
    at_ms: nowMs,
  });
  return ticketViewOf(stores, ticket, nowMs);
}

/** It serves once, and for this key alone. A refusal takes nothing: the transaction that took it is undone. */
async function checkPuzzle(
  stores: Pick<Stores, 'captchas'>,
  captcha: BodyOf<typeof routes.openTicket>['captcha'],
  ticketKey: Uint8Array,
  nowMs: number,
): Promise<void> {
  const taken = await stores.captchas.take(captcha.captchaId);
  if (taken === null || taken.expires_at_ms <= nowMs) throw new DomainError('CaptchaWrong', {});
  const { challenge, proof_of_work_bits: bits } = taken;
  const puzzle = { challenge, loginKey: ticketPuzzleSubject(ticketKey), bits };
  if (!solvesPuzzle(puzzle, readBytes(captcha.proofOfWork, 'captcha.proofOfWork')))
    throw new DomainError('CaptchaWrong', {});
}

/** Random: how many tickets there are is nobody's business. */
async function freeNumber(stores: Pick<Stores, 'supportTickets'>, random: Deps['random']): Promise<string> {
  for (;;) {
    const number = String(10_000_000 + randomBelow(random, 90_000_000));
    if (!(await stores.supportTickets.isNumberTaken(number))) return number;
  }
}
