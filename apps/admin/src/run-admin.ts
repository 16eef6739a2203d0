import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { adminSocketName, DomainError } from '@hexkey/contract';
import { askServerAt, NoServerError } from './ask-server.ts';
import { checkInput, commandOf, importUsage, usage } from './commands.ts';
import { importLegacy } from './legacy/import-legacy.ts';
import { plainText } from './plain-text.ts';
import { UsageError } from './usage-error.ts';

export interface AdminWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Who is logged in at the operating system. */
  readonly userName: string;
  readonly newId: () => string;
  /** All of standard input. */
  readonly readInput: () => Promise<string>;
  /** The bytes of a file, piece by piece. */
  readonly readFile: (path: string) => AsyncIterable<Uint8Array>;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

/** Runs one command. @returns the exit code: 0 done, 1 refused or nobody there, 2 not a command */
export async function runAdmin(args: readonly string[], world: AdminWorld): Promise<number> {
  try {
    const { values, positionals } = read(args);
    if (values.help || positionals.length === 0) {
      world.print(usage);
      return values.help ? 0 : 2;
    }
    const folder = resolve(values['data-dir'] ?? world.env.HEXKEY_DATA_DIR ?? './data');
    const ask = askServerAt(join(folder, 'api', adminSocketName), operatorOf(world));
    if (positionals[0] === 'import-legacy') {
      const answer = await importLegacy(ask, fileOf(positionals), world.readFile);
      world.print(values.json ? JSON.stringify(answer) : plainText(answer));
      return answer.refused.length === 0 ? 0 : 1;
    }
    const { command, given } = commandOf(positionals);
    const isRead = command.readsInput === true && given.at(-1) === '-';
    const texts = isRead ? [...given.slice(0, -1), (await world.readInput()).trim()] : given;
    const input = command.inputOf(texts, world.newId);
    checkInput(command, input);
    const answer = await ask(command.name, input as never);
    world.print(values.json ? JSON.stringify(answer) : plainText(answer));
    return 0;
  } catch (error) {
    if (error instanceof UsageError) world.complain(error.message);
    else if (error instanceof NoServerError) world.complain(error.message);
    else if (error instanceof DomainError)
      world.complain(`refused: ${error.name} (${error.code}) ${JSON.stringify(error.details)}`);
    else throw error;
    return error instanceof UsageError ? 2 : 1;
  }
}

function fileOf([, file, ...more]: readonly string[]): string {
  if (file === undefined || more.length > 0) throw new UsageError(`usage: hexkey-admin ${importUsage}`);
  return file;
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'data-dir': { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(usage);
    throw error;
  }
}

/** Whoever became the server's user by `sudo` is written down as who they were (sudo(8), SUDO_USER). */
function operatorOf({ env, userName }: AdminWorld): string {
  return (env.SUDO_USER || userName).replaceAll(/[^A-Za-z0-9._@-]/g, '_').slice(0, 64);
}
