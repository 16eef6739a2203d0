import { type Command, commands } from './commands.ts';
import { commonOptions, type OptionName, optionTable } from './options.ts';

const about = [
  'PINs, words and codes are asked for and never shown, or read from standard input with --pin-stdin; they are never arguments or',
  'environment variables. Keys are kept in $XDG_STATE_HOME/hexkey (default ~/.local/state/hexkey), in files that only you can read. The',
  'device key lies there as it is, like an SSH key without a passphrase: who can read your files can use this login, but needs the PIN for',
  'everything the PIN guards. The words lie there sealed under the PIN, and unsealed only until the PIN is first shown on this device.',
  '',
  'Exit codes: 0 done, 1 refused (the code is printed), 2 not understood, 70 a bug, 130 interrupted.',
];

/** Help for all commands, or for one. */
export function helpText(command: Command | null): readonly string[] {
  if (command === null)
    return [
      'hexkey: a wallet and messenger account from the command line',
      '',
      'Commands:',
      ...commands.map((each) => `  ${usageOf(each).padEnd(22)}${each.summary}`),
      '',
      'Options of every command:',
      ...commonOptions.map(sayOption),
      '',
      ...about,
    ];
  const own = command.options ?? [];
  return [
    `hexkey ${usageOf(command)}`,
    '',
    command.summary,
    ...(own.length === 0 ? [] : ['', 'Options:', ...own.map(sayOption)]),
    '',
    'Options of every command:',
    ...commonOptions.map(sayOption),
  ];
}

const usageOf = ({ name, parameters = [] }: Command) => [name, ...parameters].join(' ');

function sayOption(name: OptionName): string {
  const option = optionTable[name];
  const value = 'value' in option ? ` ${option.value}` : '';
  return `  ${`--${name}${value}`.padEnd(26)}${option.help}`;
}
