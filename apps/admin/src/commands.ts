import { type AdminCommandName, type AdminInput, adminCommands } from '@hexkey/contract';
import { Value } from 'typebox/value';
import { UsageError } from './usage-error.ts';

/** A command as it is typed: words, then what they are about. */
export interface TypedCommand<N extends AdminCommandName = AdminCommandName> {
  readonly words: string;
  readonly takes: readonly string[];
  readonly name: N;
  /** @param given as many as `takes`; the last one may be standard input */
  inputOf(given: readonly string[], newId: () => string): AdminInput<N>;
  /** `TEXT` is read from standard input when it is `-`: what is said to people need not stand in a shell's history. */
  readonly readsInput?: true;
}

/** Before a public key, where people see it: alone, one in 64 begins like an option. */
export const keyMark = 'ed25519:';

const typed = <N extends AdminCommandName>(command: TypedCommand<N>) => command as unknown as TypedCommand;
const ofUser = ([hexkeyId = '']: readonly string[]) => ({ hexkeyId });
const ofTicket = ([ticketNumber = '']: readonly string[]) => ({ ticketNumber });

/** Everything the program can do; its help is printed from this. */
export const typedCommands: readonly TypedCommand[] = [
  typed({ words: 'users show', takes: ['HEXKEY_ID'], name: 'showUser', inputOf: ofUser }),
  typed({ words: 'limits list', takes: [], name: 'listLimits', inputOf: () => ({}) }),
  typed({ words: 'limits show', takes: ['HEXKEY_ID'], name: 'showUserLimits', inputOf: ofUser }),
  typed({
    words: 'limits clear',
    takes: ['HEXKEY_ID', 'LIMIT'],
    name: 'clearUserLimit',
    inputOf: ([hexkeyId = '', limit = '']) => ({ hexkeyId, limit }),
  }),
  typed({ words: 'tickets list', takes: [], name: 'listTickets', inputOf: () => ({ state: 'open' }) }),
  typed({ words: 'tickets closed', takes: [], name: 'listTickets', inputOf: () => ({ state: 'closed' }) }),
  typed({ words: 'tickets show', takes: ['NUMBER'], name: 'showTicket', inputOf: ofTicket }),
  typed({ words: 'tickets logs', takes: ['NUMBER'], name: 'showTicketLogs', inputOf: ofTicket }),
  typed({
    words: 'tickets answer',
    takes: ['NUMBER', 'TEXT'],
    name: 'answerTicket',
    readsInput: true,
    inputOf: ([ticketNumber = '', text = ''], newId) => ({ ticketNumber, text, messageId: newId() }),
  }),
  typed({ words: 'tickets close', takes: ['NUMBER'], name: 'closeTicket', inputOf: ofTicket }),
  typed({
    words: 'legacy list',
    takes: [],
    name: 'listLegacy',
    inputOf: () => ({ after: null, max: 1000 }),
  }),
  typed({
    words: 'legacy after',
    takes: ['HEXKEY_ID'],
    name: 'listLegacy',
    inputOf: ([after = '']) => ({ after, max: 1000 }),
  }),
  typed({ words: 'legacy drop', takes: ['HEXKEY_ID'], name: 'dropLegacy', inputOf: ofUser }),
  typed({ words: 'node-set show', takes: [], name: 'showNodeSets', inputOf: () => ({}) }),
  typed({ words: 'jobs list', takes: [], name: 'listJobs', inputOf: () => ({}) }),
  typed({ words: 'operators list', takes: [], name: 'listOperators', inputOf: () => ({}) }),
  typed({
    words: 'operators add',
    takes: ['NAME', 'PUBLIC_KEY'],
    name: 'addOperator',
    inputOf: ([name = '', publicKey = '']) => ({ name, publicKey: publicKey.replace(keyMark, '') }),
  }),
  typed({
    words: 'operators remove',
    takes: ['NAME'],
    name: 'removeOperator',
    inputOf: ([name = '']) => ({ name }),
  }),
  typed({ words: 'audit list', takes: [], name: 'listActions', inputOf: () => ({ max: 200 }) }),
];

/** @throws {UsageError} no such command, or too few or too many words behind it */
export function commandOf(args: readonly string[]): { command: TypedCommand; given: readonly string[] } {
  const words = args.slice(0, 2).join(' ');
  const given = args.slice(2);
  const command = typedCommands.find((one) => one.words === words);
  if (command === undefined) throw new UsageError(`no command "${words}"\n\n${usage}`);
  if (given.length !== command.takes.length) throw new UsageError(`usage: ${lineOf(command)}`);
  return { command, given };
}

/** @throws {UsageError} naming what does not fit, without quoting it */
export function checkInput(command: TypedCommand, input: unknown): void {
  const schema = adminCommands[command.name].input;
  if (Value.Check(schema, input)) return;
  const [first] = Value.Errors(schema, input);
  throw new UsageError(`${first?.instancePath.slice(1) || 'input'}: ${first?.message ?? 'does not fit'}`);
}

/** Reads a file and asks many times: `import-legacy.ts`. */
export const importUsage = 'import-legacy FILE.csv';

/** These ask no server. */
export const keyUsage = { keygen: 'keygen FILE', 'public-key': 'public-key FILE' } as const;

const lineOf = ({ words, takes }: TypedCommand) => ['hexkey-admin', words, ...takes].join(' ');

export const usage = [
  'Usage: hexkey-admin [--data-dir FOLDER | --server ORIGIN --key FILE] [--json] COMMAND',
  '',
  ...typedCommands.map(
    (command) =>
      `  ${[command.words, ...command.takes].join(' ').padEnd(32)} ${adminCommands[command.name].summary}`,
  ),
  `  ${importUsage.padEnd(32)} Imports accounts whose PIN another system checked; they move it with the upgrade tool`,
  `  ${keyUsage.keygen.padEnd(32)} Makes a key for asking over a network, and prints its public half`,
  `  ${keyUsage['public-key'].padEnd(32)} Prints the public half of a key`,
  '',
  'FILE.csv has the columns phone and hash, and may have name and reference (docs/self-hosting.md).',
  'FOLDER is that of the installation (HEXKEY_DATA_DIR, or ./data). TEXT may be -: it is then read from standard input.',
  'With --server and --key it asks from another computer. Whoever runs the server lets the key in: operators add NAME PUBLIC_KEY.',
  'Everything done is written down, with the name of the user or the key that did it.',
].join('\n');
