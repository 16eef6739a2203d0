import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect } from 'kysely';
import { embeddedPool } from '../database/embedded-pool.ts';
import { migrate } from '../database/migrate.ts';
import { migrations } from '../database/migrations.ts';
import { type OpenDatabase, openEmbedded } from '../database/open-database.ts';
import type { Tables } from '../database/tables.ts';

const packageFile = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'));
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
const cache = fileURLToPath(new URL('../../../../node_modules/.cache/hexkey/', import.meta.url));
const schema = createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 16);

/**
 * An embedded database in memory, before its first migration or after the last. To make one takes seconds of processor time, to copy
 * one half a second: the first test of a machine keeps one of each, and all others copy them.
 */
export async function openInMemory(isMigrated: boolean): Promise<OpenDatabase> {
  return openEmbedded(null, isMigrated ? await migrated() : await empty());
}

const empty = () => kept(`empty-pglite-${version}.tar`, () => PGlite.create());

const migrated = () =>
  kept(`migrated-${schema}-pglite-${version}.tar`, async () => {
    const pglite = await PGlite.create({ loadDataDir: await empty() });
    await migrate(new Kysely<Tables>({ dialect: new PostgresDialect({ pool: embeddedPool(pglite) }) }));
    return pglite;
  });

async function kept(name: string, make: () => Promise<PGlite>): Promise<Blob> {
  const path = join(cache, name);
  if (!existsSync(path)) {
    const database = await make();
    const files = await database.dumpDataDir('none');
    await database.close();
    mkdirSync(cache, { recursive: true });
    // Test files run beside each other: whichever comes last puts a whole file in the place of a whole file.
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, new Uint8Array(await files.arrayBuffer()));
    renameSync(unfinished, path);
  }
  return new Blob([readFileSync(path)]);
}
