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

/**
 * "if not exists" looks before it creates: of two instances in the same moment one is told that a row of the catalogue is
 * there (unique_violation), or the table's type (duplicate_object), or the table (duplicate_table).
 */
const createdByAnother: ReadonlySet<unknown> = new Set(['23505', '42710', '42P07']);

async function createTable(db: Kysely<Tables>, definition: string): Promise<void> {
  try {
    await sql.raw(`create table if not exists ${definition}`).execute(db);
  } catch (error) {
    if (!createdByAnother.has((error as { code?: unknown }).code)) throw error;
  }
}
