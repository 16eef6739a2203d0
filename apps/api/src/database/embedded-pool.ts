import type { PGlite } from '@electric-sql/pglite';
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';

/**
 * One PGlite behind the pool interface of Kysely's PostgreSQL dialect. PGlite is one connection, so `connect` hands it
 * to one caller at a time: a transaction keeps it until `release`.
 */
export function embeddedPool(database: PGlite): PostgresPool {
  let last: Promise<void> = Promise.resolve();
  return {
    async connect() {
      const before = last;
      let release: () => void = () => undefined;
      last = new Promise((resolve) => {
        release = resolve;
      });
      await before;
      return clientOf(database, release);
    },
    end: () => database.close(),
  };
}

function clientOf(database: PGlite, release: () => void): PostgresPoolClient {
  const query = async <R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> => {
    const { rows, affectedRows } = await database.query<R>(text, [...parameters]);
    return { command: commandOf(text), rowCount: affectedRows ?? rows.length, rows };
  };
  // Kysely also names a cursor form of `query`, for streaming, which nothing here uses.
  return { query: query as PostgresPoolClient['query'], release };
}

function commandOf(text: string): PostgresQueryResult<unknown>['command'] {
  const word = /^\s*([a-z]+)/i.exec(text)?.[1]?.toUpperCase();
  return word === 'INSERT' || word === 'UPDATE' || word === 'DELETE' ? word : 'SELECT';
}
