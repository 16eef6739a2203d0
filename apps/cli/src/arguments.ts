import { parseArgs } from 'node:util';
import { type Command, commands } from './commands.ts';
import { commonOptions, type OptionName, type Options, optionTable } from './options.ts';
import { UsageError } from './usage-error.ts';

/** A command line as it was understood. */
export interface Arguments {
  /** Null for none: help is printed. */
  readonly command: Command | null;
  /** As many as the command has. */
  readonly parameters: readonly string[];
  readonly options: Options;
}

/** @param args without the program. @throws {UsageError} */
export function parseArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parsed(args);
  const options = values as Options;
  const found = commandOf(positionals);
  if (found === null) {
    if (positionals.length === 0) return { command: null, parameters: [], options };
    throw new UsageError('There is no such command. `hexkey --help` lists them.');
  }
  const { command, rest } = found;
  const expected = command.parameters ?? [];
  if (options.help !== true && rest.length !== expected.length)
    throw new UsageError(
      `\`hexkey ${command.name}\` takes ${expected.length === 0 ? 'no arguments' : expected.join(' ')}; PINs, words and codes are asked for.`,
    );
  const allowed = [...commonOptions, ...(command.options ?? [])];
  for (const name of Object.keys(options) as OptionName[])
    if (!allowed.includes(name)) throw new UsageError(`\`hexkey ${command.name}\` has no option --${name}.`);
  return { command, parameters: rest, options };
}

/** Options that are not known are refused without repeating them: somebody may have typed a secret after one. */
function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: optionTable, allowPositionals: true, strict: true });
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      throw new UsageError('An option is unknown or has no value. `hexkey --help` lists them.');
    throw error;
  }
}

/** The longest name wins: `devices end ID` is not `devices` with two arguments. */
function commandOf(positionals: readonly string[]) {
  for (const words of [2, 1]) {
    const name = positionals.slice(0, words).join(' ');
    const command = commands.find((each) => each.name === name);
    if (command !== undefined) return { command, rest: positionals.slice(words) };
  }
  return null;
}
