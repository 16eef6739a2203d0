import { type Kysely, sql } from 'kysely';
import type { Tables } from '../database/tables.ts';

/**
 * Looks for values in every column of every table there is, one made tomorrow too.
 * @param values by what they are called; bytes in hexadecimal
 * @returns "table: what", sorted
 */
export async function findInTables(
  db: Kysely<Tables>,
  values: Readonly<Record<string, string>>,
): Promise<string[]> {
  const tables = await sql<{ table_name: string }>`select table_name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name`.execute(db);
  if (tables.rows.length < 40) throw new Error('these are not all tables');
  const found: string[] = [];
  for (const { table_name } of tables.rows) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table_name)}`.execute(db);
    const text = JSON.stringify(rows, (_, value: unknown) =>
      value instanceof Uint8Array
        ? hexOf(value)
        : isBuffer(value)
          ? hexOf(Uint8Array.from(value.data))
          : value,
    );
    for (const [what, value] of Object.entries(values))
      if (text.includes(value)) found.push(`${table_name}: ${what}`);
  }
  return found.sort();
}

/** Every row of every table in which one of some columns is the account. */
export async function rowsOwnedBy(
  db: Kysely<Tables>,
  accountId: string,
  ownerColumns: readonly string[],
): Promise<{ readonly table: string; readonly row: object }[]> {
  const owned = await sql<{ table_name: string; column_name: string }>`
    select table_name, column_name from information_schema.columns
    where table_schema = current_schema() and column_name = any(${ownerColumns}) order by 1, 2`.execute(db);
  const found: { table: string; row: object }[] = [];
  for (const { table_name: table, column_name } of owned.rows) {
    const { rows } = await sql<object>`select * from ${sql.table(table)}
      where ${sql.ref(column_name)} = ${accountId}`.execute(db);
    found.push(...rows.map((row) => ({ table, row })));
  }
  return found;
}

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** What `Buffer.toJSON` has made of one before the replacer sees it. */
function isBuffer(value: unknown): value is { data: number[] } {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer';
}
