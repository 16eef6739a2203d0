import { type Kysely, sql } from 'kysely';
import { type Migration, migrations } from './migrations.ts';
import type { Tables } from './tables.ts';

/**
 * Brings the schema up to date, one transaction a step. The single row of `schema_lock` serialises instances that start
 * together: advisory locks, which Kysely's own migrator takes, do not exist on every database we support.
 */
export async function migrate(
  db: Kysely<Tables>,
  steps: readonly Migration[] = migrations,
): Promise<readonly string[]> {
  await createTable(db, 'schema_lock (id integer primary key)');
  await createTable(db, 'schema_migrations (name text primary key)');
  await sql`insert into schema_lock (id) values (1) on conflict do nothing`.execute(db);
  const applied: string[] = [];
  for (const step of steps) if (await runOnce(db, step)) applied.push(step.name);
  return applied;
}

function runOnce(db: Kysely<Tables>, { name, statements }: Migration): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    await sql`select id from schema_lock where id = 1 for update`.execute(transaction);
    const done = await sql`select name from schema_migrations where name = ${name}`.execute(transaction);
    if (done.rows.length > 0) return false;
    for (const statement of statements) await sql.raw(statement).execute(transaction);
    await sql`insert into schema_migrations (name) values (${name})`.execute(transaction);
    return true;
  });
}

async function createTable(db: Kysely<Tables>, definition: string): Promise<void> {
  try {
    await sql.raw(`create table if not exists ${definition}`).execute(db);
  } catch (error) {
    // PostgreSQL may report the catalogue's unique index when two instances create it in the same moment.
    if ((error as { code?: unknown }).code !== '23505') throw error;
  }
}
