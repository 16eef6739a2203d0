import pg from 'pg';
import type { ClockState } from '../clock/clock-state.ts';
import { StartRefusal } from '../start-refusal.ts';
import type { PinStore } from './pin-store.ts';
import { decodeEntry, encodeEntry } from './record-codec.ts';
import { recordMemory } from './record-memory.ts';

/** As much of a PostgreSQL as the store needs. 64-bit integers come as numbers. */
export interface Queries {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: unknown[] }>;
  close(): Promise<void>;
}

const schema = `
  create table if not exists pin_node (
    id integer primary key check (id = 1), realm_id text not null, clock text);
  create table if not exists pin_records (
    record_id bytea primary key, revision bigint not null, record bytea not null);
  create table if not exists attempt_entries (
    record_id bytea, sequence bigint, time_ms bigint not null, entry bytea not null,
    primary key (record_id, sequence));
  create table if not exists new_device_windows (
    tenant text primary key, start_ms bigint not null, count bigint not null)`;

/** What follows a change of the record, in the same statement and only when the record was changed. */
const withLog = `,
  appended as (
    insert into attempt_entries (record_id, sequence, time_ms, entry)
    select $1, one.sequence, one.time_ms, one.entry
    from unnest($4::bigint[], $5::bigint[], $6::bytea[]) as one (sequence, time_ms, entry), changed),
  forgotten as (
    delete from attempt_entries using changed where record_id = $1 and sequence < coalesce(
      (select min(sequence) from attempt_entries where record_id = $1 and time_ms >= $7::bigint),
      $8::bigint))
  select count(*) as changed from changed`;
const insertRecord = `with changed as (
  insert into pin_records (record_id, revision, record) values ($1, $2 + 1, $3)
  on conflict do nothing returning 1)${withLog}`;
const updateRecord = `with changed as (
  update pin_records set record = $3, revision = revision + 1
  where record_id = $1 and revision = $2 returning 1)${withLog}`;

/** A pool of connections. @param onIdleError told when a waiting connection breaks; another is opened when needed */
export function postgresPool(url: string, onIdleError: (error: Error) => void): Queries {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5000, types });
  pool.on('error', onIdleError); // without a listener it would end the process
  return { query: (text, values) => pool.query(text, values), close: () => pool.end() };
}

/**
 * The store of production. Each write is one statement, so one transaction; a durable server answers it when its log is
 * on disk (`refuseUndurable`).
 *
 * @param realmId the node's: a database serves one node, or five would spend one budget and overwrite each other
 * @throws {StartRefusal} the database is another node's
 */
export async function postgresStore(database: Queries, realmId: string): Promise<PinStore> {
  const { query } = database;
  const memory = recordMemory();
  for (const statement of schema.split(';')) await query(statement).catch(unlessCreatedByAnother);
  await query('insert into pin_node (id, realm_id) values (1, $1) on conflict do nothing', [realmId]);
  const node = await one<{ realm_id: string }>(query('select realm_id from pin_node'));
  if (node?.realm_id !== realmId) throw new StartRefusal('DATABASE_URL names the database of another node');

  // Each cast names the columns of the statement beside it.
  return {
    async read(recordId) {
      const row = await one<{ record: Uint8Array; revision: number }>(
        query('select record, revision from pin_records where record_id = $1', [recordId]),
      );
      return row === undefined
        ? null
        : { record: memory.decode(recordId, row.record), revision: row.revision };
    },
    async replace(recordId, expectedRevision, record, { entries, forgetBeforeMs }) {
      const row = await one<{ changed: number }>(
        query(expectedRevision === 0 ? insertRecord : updateRecord, [
          recordId,
          expectedRevision,
          memory.encode(recordId, record),
          entries.map(({ sequence }) => sequence),
          entries.map(({ timeMs }) => timeMs),
          entries.map(encodeEntry),
          forgetBeforeMs,
          // When every older entry goes, those of this change stay.
          forgetBeforeMs === null ? null : (entries[0]?.sequence ?? null),
        ]),
      );
      return row?.changed === 1;
    },
    async erase(recordId, expectedRevision) {
      const row = await one<{ erased: number }>(
        query(
          `with erased as (delete from pin_records where record_id = $1 and revision = $2 returning 1),
             logs as (delete from attempt_entries using erased where record_id = $1)
           select count(*) as erased from erased`,
          [recordId, expectedRevision],
        ),
      );
      if (row?.erased !== 1) return false;
      memory.forget(recordId);
      return true;
    },
    async readEntries(recordId, { after, through, limit }) {
      const { rows } = await query(
        `select entry from attempt_entries where record_id = $1 and sequence > $2 and sequence <= $3
         order by sequence limit $4`,
        [recordId, after, through, limit],
      );
      return (rows as { entry: Uint8Array }[]).map(({ entry }) => decodeEntry(entry));
    },
    async countNewDeviceGuess(tenant, windowStartMs) {
      const row = await one<{ count: number }>(
        query(
          `insert into new_device_windows as seen (tenant, start_ms, count) values ($1, $2, 1)
           on conflict (tenant) do update set
             count = case when seen.start_ms = excluded.start_ms then seen.count + 1 else 1 end,
             start_ms = excluded.start_ms
           returning count`,
          [tenant, windowStartMs],
        ),
      );
      return row?.count ?? Number.POSITIVE_INFINITY;
    },
    async readClock() {
      const row = await one<{ clock: string | null }>(query('select clock from pin_node'));
      return typeof row?.clock === 'string' ? (JSON.parse(row.clock) as ClockState) : null;
    },
    async writeClock(state, replaces) {
      const { rows } = await query(
        `update pin_node set clock = $1 where coalesce((clock::json ->> 'ticks')::bigint, 0) = $2 returning 1`,
        [JSON.stringify(state), replaces],
      );
      return rows.length === 1;
    },
    close: () => database.close(),
  };
}

/**
 * "if not exists" looks before it creates: of two processes in the same moment one is told that a row of the catalogue is
 * there (unique_violation), or the table's type (duplicate_object), or the table (duplicate_table).
 */
function unlessCreatedByAnother(error: Error & { readonly code?: string }): void {
  if (!['23505', '42710', '42P07'].includes(error.code ?? '')) throw error;
}

async function one<R>(result: Promise<{ readonly rows: unknown[] }>): Promise<R | undefined> {
  return (await result).rows[0] as R | undefined;
}
