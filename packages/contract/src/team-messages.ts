import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { ContactCode, Exact, HexkeyId, Nullable, ProfileName, TimeMs, Uuid } from './schemas.ts';
import { TicketNumber } from './support-views.ts';

/** Where a device opens its WebSocket (docs/protocol/team-hexkey.md section 3). */
export const socketPath = '/api/v1/socket';

const Platform = Type.Union([Type.Literal('web'), Type.Literal('cli')]);
/** A device as a notice names it. */
const Device = Exact({ name: Type.String(), platform: Platform, place: Nullable(Type.String()) });
const Somebody = Exact({ hexkeyId: HexkeyId, name: Nullable(ProfileName) });

const message = <K extends string, P extends ReturnType<typeof Exact>>(kind: K, parameters: P) =>
  Exact({ id: Uuid, sentAtMs: TimeMs, kind: Type.Literal(kind), parameters });

/**
 * Everything Team Hexkey says, as a kind and its parameters: the client writes the sentence, in its owner's language. A kind
 * that a client does not know is shown as "update to read this".
 */
export const TeamMessage = Type.Union([
  message(
    'newLogin',
    Exact({
      method: Type.Union([
        Type.Literal('words'),
        Type.Literal('phone'),
        Type.Literal('contact'),
        Type.Literal('link'),
      ]),
      device: Device,
    }),
  ),
  message('pinChanged', Exact({ device: Device })),
  message('phoneAdded', Exact({ phoneMasked: Type.String(), device: Device })),
  message('phoneChanged', Exact({ phoneMasked: Type.String(), device: Device })),
  /** The number went to a new account after 30 days without the PIN. */
  message('phoneUnlinked', Exact({ phoneMasked: Type.String() })),
  message('recoveryContactSet', Exact({ contact: Somebody, device: Device })),
  message('recoveryContactRemoved', Exact({ contact: Somebody, device: Device })),
  /** To the contact. */
  message('youAreRecoveryContact', Exact({ owner: Somebody })),
  /** To the contact. */
  message('youAreNoRecoveryContact', Exact({ owner: Somebody })),
  /** To the owner: the contact removed or blocked them, or is gone. */
  message(
    'recoveryContactLost',
    Exact({
      contact: Somebody,
      problem: Type.Union([Type.Literal('not-added-back'), Type.Literal('deleted')]),
    }),
  ),
  /** To the contact: pass it on only to the owner, in person or on a call. */
  message(
    'recoveryCode',
    Exact({
      code: ContactCode,
      purpose: Type.Union([Type.Literal('setRecoveryContact'), Type.Literal('loginWithContact')]),
      owner: Somebody,
      expiresAtMs: TimeMs,
    }),
  ),
  /** To every device of the owner: refuse it with `refuseContactLogin`. */
  message(
    'contactLoginRequested',
    Exact({ contactLoginId: Uuid, place: Nullable(Type.String()), expiresAtMs: TimeMs }),
  ),
  message('contactLoginRefused', Exact({ device: Device })),
  /** A new device may transfer before its day is over; `device` approved it. */
  message('deviceApproved', Exact({ approved: Type.String(), device: Device })),
  /** Higher limits hold from then on, unless the owner lowers them before. */
  message('walletLimitsRaised', Exact({ fromMs: TimeMs, device: Device })),
  /** Paying with a passkey was switched on. */
  message('payKeyRegistered', Exact({ device: Device })),
  /** The wallet's key may leave through `device` from then on, unless a device cancels it at the PIN nodes. */
  message('walletExportBegun', Exact({ fromMs: TimeMs, device: Device })),
  message('walletExportTaken', Exact({ device: Device })),
  /** What was answered stays with the ticket: only its number is told. */
  message('supportAnswered', Exact({ ticketNumber: TicketNumber })),
]);
export type TeamMessage = Static<typeof TeamMessage>;
export type TeamMessageKind = TeamMessage['kind'];

/** The UTF-8 text a message is sent as. */
export function formatTeamMessage(message: TeamMessage): string {
  return JSON.stringify(message);
}

/** A message whose signature was checked; null for a kind or form that this version does not know. */
export function parseTeamMessage(text: string): TeamMessage | null {
  const document: unknown = parseJson(text);
  return Value.Check(TeamMessage, document) ? document : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is one more form that is not known.
    return null;
  }
}
