import { randomUUID } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { postgresPool, type Queries } from '../records/postgres-store.ts';

/** An empty schema of its own in a PostgreSQL. */
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

/** In the server at `url`. */
export async function serverPostgres(url: string): Promise<PostgresPlace> {
  const schema = schemaName();
  const outside = postgresPool(url, unexpected);
  await outside.query(`create schema ${schema}`);
  const inside = new URL(url);
  inside.searchParams.set('options', `-c search_path=${schema}`);
  return {
    connect: () => postgresPool(inside.href, unexpected),
    async drop() {
      await outside.query(`drop schema ${schema} cascade`);
      await outside.close();
    },
  };
}

function schemaName(): string {
  return `test_${randomUUID().replaceAll('-', '')}`;
}

function unexpected(error: Error): never {
  throw error;
}
