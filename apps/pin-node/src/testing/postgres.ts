import { randomUUID } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { createPostgresDatabase } from '@hexkey/testing';
import { postgresPool, type Queries } from '../records/postgres-store.ts';

/** An empty place of its own in a PostgreSQL. */
export interface PostgresPlace {
  connect(): Queries;
  drop(): Promise<void>;
}

let embedded: Promise<PGlite> | undefined;

/** In the PostgreSQL that runs in this process, without a disk; one serves all tests of a file, one after the other. */
export async function embeddedPostgres(): Promise<PostgresPlace> {
  embedded ??= PGlite.create();
  const pglite = await embedded;
  const schema = schemaName();
  await pglite.exec(`create schema ${schema}; set search_path = ${schema}`);
  return {
    connect: () => ({ query: (text, values) => pglite.query(text, values), close: async () => {} }),
    async drop() {
      await pglite.exec(`drop schema ${schema} cascade`);
    },
  };
}

/** A database of its own in the server at `url`. */
export async function serverPostgres(server: string): Promise<PostgresPlace> {
  const { url, drop } = await createPostgresDatabase(server);
  let isOver = false;
  return {
    // A connection may still be on its way out when the database is dropped under it.
    connect: () => postgresPool(url, (error) => isOver || unexpected(error)),
    drop() {
      isOver = true;
      return drop();
    },
  };
}

function schemaName(): string {
  return `test_${randomUUID().replaceAll('-', '')}`;
}

function unexpected(error: Error): never {
  throw error;
}
