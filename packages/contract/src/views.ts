import { type Static, Type } from 'typebox';
import { Bytes, DeviceDescription, Exact, Nullable, TimeMs, Uuid } from './schemas.ts';

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

/** One login of the account, as the owner's other devices see it. */
export const DeviceView = Exact({
  sessionId: Uuid,
  ...DeviceDescription.properties,
  /** `locked`: it has shown the words or the phone, not the PIN. */
  state: Type.Union([Type.Literal('locked'), Type.Literal('full')]),
  /** The network address the server last saw it at. */
  place: Nullable(Type.String()),
  /** To the minute. */
  lastSeenAtMs: TimeMs,
  createdAtMs: TimeMs,
  isThisOne: Type.Boolean(),
  /** RFC 7638 thumbprint of its device key: what PIN nodes know the device by. */
  deviceKeyThumbprint: Bytes(32),
});

export type SessionView = Static<typeof SessionView>;
export type DeviceView = Static<typeof DeviceView>;
export type LogEntry = Static<typeof LogEntry>;
