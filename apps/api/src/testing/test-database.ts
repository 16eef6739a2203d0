import { createHash } from 'node:crypto';
import { createPostgresDatabase, type PostgresTemplate, postgresOfTests } from '@hexkey/testing';
import { migrate } from '../database/migrate.ts';
import { migrations } from '../database/migrations.ts';
import { type OpenDatabase, openPostgres } from '../database/open-database.ts';
import { openInMemory } from './memory-database.ts';

/** Where one test's rows are. */
export interface TestDatabase extends OpenDatabase {
  /** Another instance's way to the same rows: connections of its own, where the database has more than one. */
  openAgain(): OpenDatabase;
}

/**
 * An empty, migrated database: embedded and in memory, or one of its own in the PostgreSQL that `HEXKEY_TEST_POSTGRES`
 * names, so that the same suites run over both.
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  const server = postgresOfTests();
  if (server !== null) return openServed(server, template);
  return shared(await openInMemory(true));
}

/** One before its first migration. */
export async function openBareDatabase(): Promise<TestDatabase> {
  const server = postgresOfTests();
  if (server !== null) return openServed(server);
  return shared(await openInMemory(false));
}

/** An embedded database has one connection, whoever opens it. */
function shared(database: OpenDatabase): TestDatabase {
  return { ...database, openAgain: () => ({ db: database.db, close: async () => undefined }) };
}

const template: PostgresTemplate = {
  name: `hexkey_api_${createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 16)}`,
  async fill(url) {
    const database = openPostgres(url, unexpected);
    await migrate(database.db);
    await database.close();
  },
};

async function openServed(server: string, from?: PostgresTemplate): Promise<TestDatabase> {
  const { url, drop } = await createPostgresDatabase(server, from);
  let isOver = false;
  // A connection may still be on its way out when the database is dropped under it.
  const open = () => openPostgres(url, (error) => isOver || unexpected(error));
  const database = open();
  const close = async () => {
    await database.close();
    isOver = true;
    await drop();
  };
  return { db: database.db, close, openAgain: open };
}

function unexpected(error: Error): never {
  throw error;
}
