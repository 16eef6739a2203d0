import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { adminSocketName, DomainError, type ErrorDetails, isDomainError } from '@hexkey/contract';
import { type Random, toBase64url } from '@hexkey/protocol';
import { type AskServer, askServerAt, askServerByKey } from './ask-server.ts';
import { checkInput, commandOf, importUsage, keyMark, keyUsage, usage } from './commands.ts';
import { makeKeyFile, readKeyFile } from './key-file.ts';
import { importLegacy } from './legacy/import-legacy.ts';
import { plainText } from './plain-text.ts';
import { NoServerError } from './post-json.ts';
import { UsageError } from './usage-error.ts';

export interface AdminWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Who is logged in at the operating system. */
  readonly userName: string;
  readonly newId: () => string;
  readonly random: Random;
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
    const key = keyOf(positionals, world);
    if (key !== null) {
      world.print(values.json ? JSON.stringify({ publicKey: key }) : key);
      return 0;
    }
    const ask = askerOf(values, world);
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
    if (isDomainError(error, 'OperatorNotAdmitted')) world.complain(whyNotAdmitted[error.details.reason]);
    return error instanceof UsageError ? 2 : 1;
  }
}

const whyNotAdmitted: Readonly<Record<ErrorDetails['OperatorNotAdmitted']['reason'], string>> = {
  key: 'the server does not know this key, or it was removed',
  challenge: 'the challenge was used or is over: ask again',
  signature:
    'the server has another address than --server says, or something on the way changed what was asked',
  'local-only': 'this is for the local socket alone, on the computer of the server',
};

/** `keygen FILE` and `public-key FILE` ask no server. @returns the public key; null: another command */
function keyOf([command, path, ...more]: readonly string[], { random }: AdminWorld): string | null {
  if (command !== 'keygen' && command !== 'public-key') return null;
  if (path === undefined || more.length > 0) throw new UsageError(`usage: hexkey-admin ${keyUsage[command]}`);
  const { publicKey } = command === 'keygen' ? makeKeyFile(path, random) : readKeyFile(path);
  return `${keyMark}${toBase64url(publicKey)}`;
}

/** Over the network with a key, or over the socket of this computer. @throws {UsageError} */
function askerOf(values: ReturnType<typeof read>['values'], world: AdminWorld): AskServer {
  const { server, key } = values;
  if (server === undefined && key === undefined) {
    const folder = resolve(values['data-dir'] ?? world.env.HEXKEY_DATA_DIR ?? './data');
    return askServerAt(join(folder, 'api', adminSocketName), operatorOf(world));
  }
  if (server === undefined || key === undefined || values['data-dir'] !== undefined)
    throw new UsageError('--server and --key go together, and without --data-dir');
  return askServerByKey(originOf(server), readKeyFile(key));
}

/** @throws {UsageError} what others on the way could read or change */
function originOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url?.hostname ?? '');
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal);
  if (url === null || !isSafe || url.href !== `${url.origin}/`)
    throw new UsageError(
      '--server must be the https origin of an installation; http is for this computer only',
    );
  return url;
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
        server: { type: 'string' },
        key: { type: 'string' },
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
