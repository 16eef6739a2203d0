import { type Static, type TSchema, Type } from 'typebox';
import { LegacyImport, LegacyReport, LegacyRows } from './legacy-views.ts';
import { Bytes, Ed25519PublicKey, Exact, HexkeyId, Locale, Nullable, TimeMs, Uuid } from './schemas.ts';
import { SupportText, TicketNumber } from './support-views.ts';

/**
 * What the operator's program asks of the account server: over a socket that only the server's own user can open (ADR 79), or over a
 * network with a named key (ADR 101).
 */
interface AdminCommand {
  readonly summary: string;
  readonly input: TSchema;
  readonly answer: TSchema;
  /** Where it differs from 16 KiB. */
  readonly bodyLimitBytes?: number;
  /** Not with a key: who may come over a network is for the local socket alone to say. */
  readonly isLocalOnly?: true;
}

/** Who asks: a user of the operating system, as the program was started, or the name of a key. */
export const AdminOperator = Type.String({ pattern: '^[A-Za-z0-9._@-]{1,64}$' });

const Count = Type.Integer({ minimum: 0 });
const Name = Type.String({ pattern: '^[A-Za-z-]{1,60}$' });
const Nothing = Exact({});
const OfTicket = Exact({ ticketNumber: TicketNumber });
const OfUser = Exact({ hexkeyId: HexkeyId });
/** 250 rows of the longest fields, escaped. */
const legacyBodyBytes = 2 * 1024 * 1024;
const Done = Exact({ done: Type.Boolean() });
const State = Type.Union([Type.Literal('open'), Type.Literal('closed')]);
const TicketLine = {
  ticketNumber: TicketNumber,
  state: State,
  locale: Locale,
  /** null: opened without an account. */
  hexkeyId: Nullable(HexkeyId),
  openedAtMs: TimeMs,
  lastMessageAtMs: TimeMs,
  awaitsAnswer: Type.Boolean(),
  hasLogs: Type.Boolean(),
};
const UserLimit = Exact({
  name: Name,
  spent: Count,
  max: Count,
  windowMs: Count,
  mayBeCleared: Type.Boolean(),
});

/** Commands by name. None answers what people wrote to each other, a phone number, a name, or anything that opens something. */
export const adminCommands = {
  showUser: {
    summary: 'What kind of account a Hexkey ID is',
    input: OfUser,
    answer: Exact({
      hexkeyId: HexkeyId,
      accountId: Uuid,
      registeredWith: Type.Union([Type.Literal('words'), Type.Literal('phone')]),
      createdAtMs: TimeMs,
      pinState: Type.Union([Type.Literal('unset'), Type.Literal('prepared'), Type.Literal('set')]),
      /** Of an imported account; null: it came into being here. */
      pinUpgrade: Nullable(Type.Union([Type.Literal('waiting'), Type.Literal('done')])),
      hasPhone: Type.Boolean(),
      hasBackedUpWords: Type.Boolean(),
      devices: Count,
      deletedAtMs: Nullable(TimeMs),
    }),
  },
  listLimits: {
    summary: 'Every limit of this server',
    input: Nothing,
    answer: Exact({ limits: Type.Array(Exact({ name: Name, max: Count, windowMs: Count })) }),
  },
  showUserLimits: {
    summary: 'What an account has spent of its limits',
    input: OfUser,
    answer: Exact({ limits: Type.Array(UserLimit) }),
  },
  clearUserLimit: {
    summary: 'Gives an account one of its limits back whole; never one that guards a secret',
    input: Exact({ hexkeyId: HexkeyId, limit: Name }),
    answer: Done,
  },
  listTickets: {
    summary: 'Tickets, those that wait longest first',
    input: Exact({ state: State }),
    answer: Exact({ tickets: Type.Array(Exact(TicketLine)) }),
  },
  showTicket: {
    summary: 'A ticket with its messages',
    input: OfTicket,
    answer: Exact({
      ...TicketLine,
      logsDeletedAtMs: Nullable(TimeMs),
      messages: Type.Array(
        Exact({
          from: Type.Union([Type.Literal('asker'), Type.Literal('support')]),
          text: Type.String(),
          atMs: TimeMs,
        }),
      ),
    }),
  },
  showTicketLogs: {
    summary: 'The log that came with a ticket',
    input: OfTicket,
    answer: Exact({ lines: Type.Array(Type.String()) }),
  },
  answerTicket: {
    summary: 'Answers a ticket',
    input: Exact({ ticketNumber: TicketNumber, messageId: Uuid, text: SupportText }),
    answer: Done,
  },
  closeTicket: { summary: 'Closes a ticket', input: OfTicket, answer: Done },
  checkLegacy: {
    summary: 'Whether rows of another system can be imported; imports nothing',
    input: LegacyRows,
    answer: LegacyImport,
    bodyLimitBytes: legacyBodyBytes,
  },
  importLegacy: {
    summary: 'Imports accounts whose PIN another system checked: all of these rows or none',
    input: LegacyRows,
    answer: LegacyImport,
    bodyLimitBytes: legacyBodyBytes,
  },
  listLegacy: {
    summary: 'Imported accounts that have not moved to the PIN network yet',
    input: Exact({ after: Nullable(HexkeyId), max: Type.Integer({ minimum: 1, maximum: 1000 }) }),
    answer: LegacyReport,
  },
  dropLegacy: {
    summary: 'Takes an import back whose owner never came: its number is free again',
    input: OfUser,
    answer: Done,
  },
  showNodeSets: {
    summary: 'The node sets of this installation, oldest first',
    input: Nothing,
    answer: Exact({
      nodeSets: Type.Array(
        Exact({
          epoch: Count,
          hash: Type.String(),
          threshold: Count,
          isCurrent: Type.Boolean(),
          nodes: Type.Array(Exact({ realmId: Type.String(), address: Type.String() })),
        }),
      ),
    }),
  },
  listJobs: {
    summary: 'Scheduled work, and how it went in this process',
    input: Nothing,
    answer: Exact({
      jobs: Type.Array(
        Exact({
          name: Name,
          everyMs: Count,
          runs: Count,
          lastStartedAtMs: Nullable(TimeMs),
          lastEndedAtMs: Nullable(TimeMs),
          lastFailure: Nullable(Type.String()),
        }),
      ),
    }),
  },
  listOperators: {
    summary: 'Keys that may ask over a network, and those that no longer may',
    input: Nothing,
    answer: Exact({
      operators: Type.Array(
        Exact({
          name: AdminOperator,
          publicKey: Ed25519PublicKey,
          addedAtMs: TimeMs,
          removedAtMs: Nullable(TimeMs),
        }),
      ),
    }),
  },
  addOperator: {
    summary: 'Lets a key ask over a network, under a name that is never given again',
    input: Exact({ name: AdminOperator, publicKey: Ed25519PublicKey }),
    answer: Done,
    isLocalOnly: true,
  },
  removeOperator: {
    summary: 'Ends what a key may, at once',
    input: Exact({ name: AdminOperator }),
    answer: Done,
    isLocalOnly: true,
  },
  listActions: {
    summary: 'What operators did, newest first; nobody can change or remove it',
    input: Exact({ max: Type.Integer({ minimum: 1, maximum: 1000 }) }),
    answer: Exact({
      actions: Type.Array(
        Exact({
          atMs: TimeMs,
          operator: Type.String(),
          /** The key that signed it; null: over the local socket, by a user of the operating system. */
          signedBy: Nullable(Ed25519PublicKey),
          command: Name,
          subject: Nullable(Type.String()),
          outcome: Type.String(),
        }),
      ),
    }),
  },
} as const satisfies Readonly<Record<string, AdminCommand>>;

export type AdminCommandName = keyof typeof adminCommands;
export type AdminInput<N extends AdminCommandName> = Static<(typeof adminCommands)[N]['input']>;
export type AdminAnswer<N extends AdminCommandName> = Static<(typeof adminCommands)[N]['answer']>;
/** Whether a command is for the local socket alone. */
export function isLocalOnly(name: AdminCommandName): boolean {
  return 'isLocalOnly' in adminCommands[name];
}

/** Where a key is given what it signs; it serves for one command. Public: the answer says nothing of keys. */
export const operatorChallengePath = '/api/v1/operator/challenges';
export const operatorCommandPath = (name: AdminCommandName) => `/api/v1/operator/commands/${name}`;
export const OperatorChallenge = Exact({
  challenge: Bytes(56),
  expiresAtMs: TimeMs,
});
/** In the account server's data directory. */
export const adminSocketName = 'admin.sock';
