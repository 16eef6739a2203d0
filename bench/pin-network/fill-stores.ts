import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '@hexkey/pin-node';
import { Secret, toHex } from '@hexkey/protocol';
import Database from 'libsql';
import type { Pool } from 'pg';
import type { Population } from './population.ts';

/** Rows of one transaction. */
const batch = 5000;

/** Registers accounts 0 to `count - 1` in the embedded store in `dataDirectory`, through the store's own codec. */
export async function fillSqlite(
  dataDirectory: string,
  realmId: Uint8Array,
  population: Population,
  count: number,
  say: (line: string) => void = () => undefined,
): Promise<void> {
  mkdirSync(dataDirectory, { recursive: true });
  const place = { dataDirectory, realmId: toHex(realmId), databaseUrl: null };
  const store = await openStore(place, onIdleError);
  for (let first = 0; first < count; first += batch) {
    const rows = Array.from({ length: Math.min(batch, count - first) }, (_, offset) =>
      population.rowOf(first + offset),
    );
    // In the order of the index, so that a batch meets each page once.
    rows.sort((left, right) => Buffer.compare(left.recordId, right.recordId));
    await Promise.all(rows.map(({ recordId, record, log }) => store.replace(recordId, 0, record, log)));
    if (first % (20 * batch) === 0 && first > 0) say(`${first} of ${count} users registered`);
  }
  await store.close();
}

export function sqliteFile(dataDirectory: string): string {
  return join(dataDirectory, 'pin-node.sqlite');
}

/** Copies the rows of a filled embedded store, as they are, into the schema that a node makes in PostgreSQL. */
export async function copyToPostgres(
  dataDirectory: string,
  realmId: Uint8Array,
  databaseUrl: string,
  pool: Pool,
): Promise<void> {
  const place = { dataDirectory, realmId: toHex(realmId), databaseUrl: new Secret(databaseUrl) };
  await (await openStore(place, onIdleError)).close();
  const source = new Database(sqliteFile(dataDirectory), { readonly: true });
  await copyRows(source, pool, 'pin_records', { record_id: 'bytea', revision: 'bigint', record: 'bytea' });
  await copyRows(source, pool, 'attempt_entries', {
    record_id: 'bytea',
    sequence: 'bigint',
    time_ms: 'bigint',
    entry: 'bytea',
  });
  source.close();
  await pool.query('analyze');
}

async function copyRows(
  source: InstanceType<typeof Database>,
  pool: Pool,
  table: string,
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  const names = Object.keys(columns);
  const arrays = Object.values(columns).map((type, index) => `$${index + 1}::${type}[]`);
  const insert = `insert into ${table} (${names.join()}) select * from unnest(${arrays.join()})`;
  let waiting: unknown[][] = [];
  const send = async () => {
    const values = names.map((_, column) => waiting.map((row) => row[column]));
    waiting = [];
    await pool.query(insert, values);
  };
  const rows = source.prepare(`select ${names.join()} from ${table}`).raw().iterate();
  for (const row of rows as Iterable<unknown[]>) {
    waiting.push(row.map((value) => (value instanceof ArrayBuffer ? Buffer.from(value) : value)));
    if (waiting.length === batch) await send();
  }
  if (waiting.length > 0) await send();
}

function onIdleError(error: Error): never {
  throw error;
}
