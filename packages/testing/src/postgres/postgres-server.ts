import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const superuser = 'hexkey';

/** A throw-away PostgreSQL on a socket in a folder of its own; both go when it stops. */
export interface PostgresServer {
  /** Of a database, whether it exists or not. */
  urlOf(database: string): string;
  /** Of the first of its processes; the others are its children. */
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Starts one from the installed programs, with the settings it comes with. Only who may enter its folder reaches its
 * socket, and there is no port.
 * @param settings for example `{ fsync: 'off' }`
 * @returns null when this machine has no PostgreSQL
 */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer | null> {
  const programs = programFolder();
  if (programs === null) return null;
  const identity = await serverIdentity();
  const folder = mkdtempSync(join(tmpdir(), 'hexkey-postgres-'));
  if (identity !== null) chownSync(folder, identity.uid, identity.gid);
  const data = join(folder, 'data');
  const log = join(folder, 'log');
  const as = { ...identity, cwd: folder };
  const control = (...args: string[]) => run(join(programs, 'pg_ctl'), ['-D', data, '-w', ...args], as);
  try {
    await run(
      join(programs, 'initdb'),
      ['-D', data, '-U', superuser, '-A', 'trust', '-E', 'UTF8', '--no-sync'],
      as,
    );
    const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
    await control('-l', log, '-o', [`-k ${folder}`, '-h ""', ...options].join(' '), 'start');
  } catch (error) {
    const said = existsSync(log) ? readFileSync(log, 'utf8') : '';
    rmSync(folder, { recursive: true });
    throw new Error(`PostgreSQL did not start: ${said}`, { cause: error });
  }
  return {
    urlOf: (database) => `postgresql://${superuser}@localhost/${database}?host=${encodeURIComponent(folder)}`,
    pid: Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]),
    async stop() {
      await control('-m', 'immediate', 'stop'); // nothing of it is kept
      rmSync(folder, { recursive: true });
    },
  };
}

/** Where Debian and Ubuntu keep the programs of a server, the newest version first; elsewhere they are on the path. */
function programFolder(): string | null {
  const versions = '/usr/lib/postgresql';
  const debian = existsSync(versions)
    ? readdirSync(versions)
        .sort((left, right) => Number(right) - Number(left))
        .map((version) => join(versions, version, 'bin'))
    : [];
  const places = [...debian, ...(process.env.PATH ?? '').split(delimiter)];
  return places.find((place) => ['initdb', 'pg_ctl'].every((name) => existsSync(join(place, name)))) ?? null;
}

/** The server refuses to run as root; its package made a user for it. */
async function serverIdentity(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const id = async (which: '-u' | '-g') => Number((await run('id', [which, 'postgres'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}
