import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { migrate } from '../database/migrate.ts';
import { type OpenDatabase, openEmbedded, openPostgres } from '../database/open-database.ts';

/**
 * An empty, migrated database: embedded and in memory, or a schema of its own in the PostgreSQL that DATABASE_URL names,
 * so that the same suites run over both.
 */
export async function openTestDatabase(): Promise<OpenDatabase> {
  const database = await openBareDatabase();
  await migrate(database.db);
  return database;
}

/** One before its first migration. */
export function openBareDatabase(): Promise<OpenDatabase> {
  const url = process.env.DATABASE_URL;
  return url ? openSchema(url) : openEmbedded(null);
}

async function openSchema(url: string): Promise<OpenDatabase> {
  const schema = `test_${randomUUID().replaceAll('-', '')}`;
  const outside = openPostgres(url, unexpected);
  await sql`create schema ${sql.id(schema)}`.execute(outside.db);
  const inside = new URL(url);
  inside.searchParams.set('options', `-c search_path=${schema}`);
  const database = openPostgres(inside.href, unexpected);
  const close = async () => {
    await database.close();
    await sql`drop schema ${sql.id(schema)} cascade`.execute(outside.db);
    await outside.close();
  };
  return { db: database.db, close };
}

function unexpected(error: Error): never {
  throw error;
}
