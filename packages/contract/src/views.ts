import { type Static, Type } from 'typebox';
import { Exact, Nullable, TimeMs, Uuid } from './schemas.ts';

/** A session as its own device sees it. A locked one learns nothing about the account but what the PIN needs. */
export const SessionView = Exact({
  sessionId: Uuid,
  accountId: Uuid,
  state: Type.Union([Type.Literal('locked'), Type.Literal('full')]),
  /** `unset` until `preparePin`, `prepared` until `activatePin`. */
  pinState: Type.Union([Type.Literal('unset'), Type.Literal('prepared'), Type.Literal('set')]),
  /** Whether E is stored sealed at the server (phone accounts) or only the words reach it. */
  hasSealedEntropy: Type.Boolean(),
  /** How the account began: a phone account makes its E when its PIN is set. */
  registeredWith: Type.Union([Type.Literal('words'), Type.Literal('phone')]),
  /** When a locked session ends; null once it is full. */
  endsAtMs: Nullable(TimeMs),
});

const LogOutcome = Type.Union([Type.Literal('success'), Type.Literal('wrong-pin'), Type.Literal('locked')]);

/** One line of the account's log. `place` is the network address the server saw. */
export const LogEntry = Exact({
  id: Uuid,
  operation: Type.String(),
  outcome: LogOutcome,
  atMs: TimeMs,
  device: Type.String(),
  place: Nullable(Type.String()),
});

export type SessionView = Static<typeof SessionView>;
export type LogEntry = Static<typeof LogEntry>;
