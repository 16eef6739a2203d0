import { Type } from 'typebox';
import { deviceLogLine, maxSentLogLines } from '../device-log.ts';
import { route } from '../route.ts';
import { Bytes, CaptchaAnswer, Exact, Locale, Uuid } from '../schemas.ts';
import { SupportText, Ticket } from '../support-views.ts';

/** 32 random bytes of the device that opened the ticket. Whoever holds them reads it and writes to it; the server keeps a hash. */
const TicketKey = Bytes(32);
const textBodyBytes = 16 * 1024;

/**
 * Without an account. The puzzle is one of `createCaptcha`, solved for this very key (docs/protocol/account-api.md section 18). Asked again with the
 * same key it answers the ticket that is there, and writes nothing twice.
 */
export const openTicket = route({
  name: 'openTicket',
  summary: 'Opens a ticket at support with a first message',
  method: 'POST',
  path: '/api/v1/support/tickets',
  access: 'public',
  bodyLimitBytes: textBodyBytes,
  body: Exact({
    ticketKey: TicketKey,
    captcha: CaptchaAnswer,
    locale: Locale,
    messageId: Uuid,
    text: SupportText,
  }),
  answer: Ticket,
});

/** The key is in the body: addresses end up in logs. */
export const readTicket = route({
  name: 'readTicket',
  summary: 'A ticket, for whoever holds its key',
  method: 'POST',
  path: '/api/v1/support/tickets/read',
  access: 'public',
  body: Exact({ ticketKey: TicketKey }),
  answer: Ticket,
});

/** A message that is sent again under its id is not written twice. */
export const writeToTicket = route({
  name: 'writeToTicket',
  summary: 'Adds a message to an open ticket',
  method: 'POST',
  path: '/api/v1/support/tickets/messages',
  access: 'public',
  bodyLimitBytes: textBodyBytes,
  body: Exact({ ticketKey: TicketKey, messageId: Uuid, text: SupportText }),
  answer: Ticket,
});

/** They take the place of those sent before, and are deleted 30 days later. */
export const sendTicketLogs = route({
  name: 'sendTicketLogs',
  summary: "Adds the device's log to an open ticket",
  method: 'POST',
  path: '/api/v1/support/tickets/logs',
  access: 'public',
  bodyLimitBytes: 1024 * 1024,
  body: Exact({
    ticketKey: TicketKey,
    lines: Type.Array(Type.String({ pattern: deviceLogLine, maxLength: 140 }), {
      minItems: 1,
      maxItems: maxSentLogLines,
    }),
  }),
  answer: Ticket,
});

/** From then on support sees whose it is. A locked session may. */
export const linkTicket = route({
  name: 'linkTicket',
  summary: 'Says that a ticket is about this account',
  method: 'POST',
  path: '/api/v1/support/tickets/account',
  access: 'session',
  body: Exact({ ticketKey: TicketKey }),
  answer: Ticket,
});
