import { type Static, Type } from 'typebox';
import { Exact, Nullable, TimeMs, Uuid } from './schemas.ts';

export const TicketNumber = Type.String({ pattern: '^[1-9][0-9]{7}$' });
/** Something other than spaces. */
export const SupportText = Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' });
const TicketMessage = Exact({
  messageId: Uuid,
  from: Type.Union([Type.Literal('asker'), Type.Literal('support')]),
  text: Type.String(),
  atMs: TimeMs,
});
/** As whoever holds its key sees it. */
export const Ticket = Exact({
  /** What people quote; it opens nothing. */
  ticketNumber: TicketNumber,
  state: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
  /** Support sees the Hexkey ID of the account it is about. */
  isLinked: Type.Boolean(),
  /** When the logs that were sent are deleted; null: there are none. */
  logsDeletedAtMs: Nullable(TimeMs),
  messages: Type.Array(TicketMessage),
});
export type TicketView = Static<typeof Ticket>;
