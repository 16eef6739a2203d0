import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { migrate } from '../database/migrate.ts';
import { type OpenDatabase, openEmbedded, openPostgres } from '../database/open-database.ts';

/**
 * An empty, migrated database: embedded and in memory, or a schema of its own in the PostgreSQL that DATABASE_URL names,
 * so that the same suites run over both.
 */
export async function openTestDatabase(): Promise<OpenDatabase> {
  const url = process.env.DATABASE_URL;
  const database = url ? await openSchema(url) : await openEmbedded(null);
  await migrate(database.db);
  return database;
}

async function openSchema(url: string): Promise<OpenDatabase> {
  const schema = `test_${randomUUID().replaceAll('-', '')}`;
  const outside = openPostgres(url);
  await sql`create schema ${sql.id(schema)}`.execute(outside.db);
  const inside = new URL(url);
  inside.searchParams.set('options', `-c search_path=${schema}`);
  const database = openPostgres(inside.href);
  const close = async () => {
    await database.close();
    await sql`drop schema ${sql.id(schema)} cascade`.execute(outside.db);
    await outside.close();
  };
  return { db: database.db, close };
}
