import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { lockDirectory } from './directory-lock.ts';
import { embeddedPool } from './embedded-pool.ts';
import type { Tables } from './tables.ts';

/** Name of the embedded database inside the data directory. */
export const embeddedFolder = 'pglite';

export interface OpenDatabase {
  readonly db: Kysely<Tables>;
  close(): Promise<void>;
}

/**
 * PostgreSQL at a URL. 64-bit integers are times in milliseconds here, so they are read as numbers.
 * @param onIdleError told when a waiting connection breaks; the pool opens another when it needs one
 */
export function openPostgres(url: string, onIdleError: (error: Error) => void): OpenDatabase {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({ connectionString: url, max: 10, types });
  pool.on('error', onIdleError); // without a listener it would end the process
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, close: () => db.destroy() };
}

/**
 * The embedded database, for trying out: it survives a killed process, not a power cut.
 * @param dataDir null keeps everything in memory
 * @param template files of a database to begin as a copy of (`dumpDataDir`); without it an empty one is made, in seconds
 * @throws {DirectoryInUseError}
 */
export async function openEmbedded(dataDir: string | null, template?: Blob): Promise<OpenDatabase> {
  if (dataDir !== null) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = dataDir === null ? () => undefined : lockDirectory(dataDir);
  try {
    const pglite = await PGlite.create({
      ...(dataDir === null ? {} : { dataDir: join(dataDir, embeddedFolder) }),
      // 8 MB instead of 128: five nodes and a web server share the machine.
      startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=8MB'],
      ...(template === undefined ? {} : { loadDataDir: template }),
    });
    const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: embeddedPool(pglite) }) });
    const close = async () => {
      await db.destroy();
      unlock();
    };
    return { db, close };
  } catch (error) {
    unlock();
    throw error;
  }
}
