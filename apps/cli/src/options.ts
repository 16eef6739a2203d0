/** Every option there is. Secrets are not among them: arguments are in the process list and in the shell's history. */
export const optionTable = {
  json: { type: 'boolean', help: 'Print one JSON document, results and refusals alike.' },
  server: { type: 'string', help: 'Origin of the server; kept by the profile.', value: 'URL' },
  profile: { type: 'string', help: 'Which account on this computer (default: default).', value: 'NAME' },
  'data-dir': { type: 'string', help: 'Where profiles are kept.', value: 'FOLDER' },
  'operator-key': {
    type: 'string',
    help: 'The key that signs the list of PIN nodes, 64 hexadecimal digits or base64url; kept by the profile.',
    value: 'KEY',
  },
  'pin-stdin': {
    type: 'boolean',
    help: 'Read what would be asked for from standard input: a line each, in the same order.',
  },
  'show-words': { type: 'boolean', help: 'Print the words without asking, in JSON too.' },
  phone: { type: 'boolean', help: 'With a phone number instead of words.' },
  'nobody-can-reset-it': {
    type: 'boolean',
    help: 'States that you know this about the PIN, instead of being asked.',
  },
  'nobody-can-undo-it': {
    type: 'boolean',
    help: 'States that you know this about deleting the account, instead of being asked.',
  },
  'keep-account': {
    type: 'boolean',
    help: 'Keep the account that is about to be deleted.',
  },
  'device-name': {
    type: 'string',
    help: 'What the list of devices calls this one (default: the host name).',
    value: 'NAME',
  },
  'accept-fewer-nodes': {
    type: 'boolean',
    help: 'Set the new PIN although some PIN nodes are away; they get it later.',
  },
  'someone-knew': {
    type: 'boolean',
    help: 'Somebody else knew the old PIN: also change what it guards, and have every other device log in again.',
  },
  asset: { type: 'string', help: 'Symbol or mint of a token (default: SOL).', value: 'ASSET' },
  memo: { type: 'string', help: 'A text that everybody can read on the ledger.', value: 'TEXT' },
  confirmed: { type: 'boolean', help: 'Pay although it is unusual, instead of being asked.' },
  limit: { type: 'string', help: 'How much of the --asset may leave in a day.', value: 'AMOUNT' },
  sol: { type: 'string', help: 'How many SOL may leave in a day.', value: 'AMOUNT' },
  rpc: {
    type: 'string',
    help: 'JSON-RPC of a Solana node to pay through (default: the one behind the server).',
    value: 'URL',
  },
  'without-server': {
    type: 'boolean',
    help: 'Leave the account server alone: with the PIN nodes and a Solana RPC only.',
  },
  'unknown-too': { type: 'boolean', help: 'Tokens too that nobody here has paid in before.' },
  ids: { type: 'boolean', help: 'Print the id of each message, for commands that want one.' },
  several: { type: 'boolean', help: 'More than one answer may be chosen.' },
  seconds: { type: 'string', help: 'Stop after so many seconds (default: at Ctrl-C).', value: 'NUMBER' },
  before: { type: 'string', help: 'Only entries older than this one.', value: 'ID' },
  help: { type: 'boolean', help: 'Print this help.' },
  version: { type: 'boolean', help: 'Print the version.' },
} as const satisfies Record<string, { type: 'boolean' | 'string'; help: string; value?: string }>;

export type OptionName = keyof typeof optionTable;

/** The options that were given. */
export type Options = {
  readonly [N in OptionName]?: (typeof optionTable)[N]['type'] extends 'boolean' ? boolean : string;
};

/** What every command takes. */
export const commonOptions: readonly OptionName[] = [
  'json',
  'server',
  'profile',
  'data-dir',
  'operator-key',
  'help',
  'version',
];
