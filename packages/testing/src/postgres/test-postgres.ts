import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A database of one test's own in a PostgreSQL. */
export interface PostgresDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A database that others begin as copies of. */
export interface PostgresTemplate {
  /** Says what is inside: another content has another name. */
  readonly name: string;
  /** Fills it once for all runs over this server, and leaves no connection open. */
  fill(url: string): Promise<void>;
}

/** URL of the server that `HEXKEY_TEST_POSTGRES` names; null: suites run on the embedded database. */
export function postgresOfTests(): string | null {
  return process.env.HEXKEY_TEST_POSTGRES || null;
}

/** @param server URL of any of its databases; the user may create more */
export async function createPostgresDatabase(
  server: string,
  template?: PostgresTemplate,
): Promise<PostgresDatabase> {
  const name = `hexkey_test_${randomUUID().replaceAll('-', '')}`;
  await query(server, async (client) => {
    if (template !== undefined) await ensureTemplate(client, server, template);
    await client.query(
      `create database ${name}${template === undefined ? '' : ` template ${template.name}`}`,
    );
  });
  return {
    url: inDatabase(server, name),
    drop: () =>
      query(server, async (client) => void (await client.query(`drop database ${name} with (force)`))),
  };
}

/** The lock makes it one of several test processes that fills it; the rename, that nobody copies half of it. */
async function ensureTemplate(
  client: pg.Client,
  server: string,
  { name, fill }: PostgresTemplate,
): Promise<void> {
  await client.query('select pg_advisory_lock(hashtext($1))', [name]);
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
  if (rowCount === 0) {
    await client.query(`drop database if exists ${name}_unfinished with (force)`);
    await client.query(`create database ${name}_unfinished`);
    await fill(inDatabase(server, `${name}_unfinished`));
    await client.query(`alter database ${name}_unfinished rename to ${name}`);
  }
  await client.query('select pg_advisory_unlock(hashtext($1))', [name]);
}

function inDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function query(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
