import { join } from 'node:path';
import Database from 'libsql';
import type { ClockState } from '../clock/clock-state.ts';
import { groupCommit } from './group-commit.ts';
import type { PinStore } from './pin-store.ts';
import { decodeEntry, encodeEntry } from './record-codec.ts';
import { recordMemory } from './record-memory.ts';

const databaseFileName = 'pin-node.sqlite';

/**
 * The embedded store. `synchronous=FULL` in WAL mode syncs the log at every commit (SQLite documentation, "PRAGMA
 * synchronous"), so a resolved write has reached the disk.
 */
export function sqliteStore(dataDirectory: string): PinStore {
  const memory = recordMemory();
  const database = new Database(join(dataDirectory, databaseFileName));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('busy_timeout = 5000');
  // What is deleted is overwritten (SQLite documentation, "PRAGMA secure_delete").
  database.pragma('secure_delete = ON');
  // Records are about a kilobyte: without a row id each would spill into a page of its own (SQLite documentation,
  // "Clustered Indexes and the WITHOUT ROWID Optimization"), five times the bytes. Databases made that way stay so.
  database.exec(`
    create table if not exists pin_records (
      record_id blob primary key, revision integer not null, record blob not null);
    create table if not exists attempt_entries (
      record_id blob, sequence integer, time_ms integer not null, entry blob not null,
      primary key (record_id, sequence)) without rowid;
    create table if not exists new_device_windows (
      tenant text primary key, start_ms integer not null, count integer not null) without rowid;
    create table if not exists clock (
      id integer primary key check (id = 1), state text not null);`);

  const read = database.prepare('select record, revision from pin_records where record_id = ?');
  const insert = database.prepare(
    'insert into pin_records (record_id, revision, record) values (?, 1, ?) on conflict do nothing',
  );
  const update = database.prepare(
    'update pin_records set record = ?, revision = revision + 1 where record_id = ? and revision = ?',
  );
  const append = database.prepare(
    'insert into attempt_entries (record_id, sequence, time_ms, entry) values (?, ?, ?, ?)',
  );
  // A prefix goes, so that what stays is still one chain.
  const forget = database.prepare(
    `delete from attempt_entries where record_id = ? and sequence <
       (select min(sequence) from attempt_entries where record_id = ? and time_ms >= ?)`,
  );
  const eraseRecord = database.prepare('delete from pin_records where record_id = ? and revision = ?');
  const eraseLog = database.prepare('delete from attempt_entries where record_id = ?');
  const readEntries = database.prepare(
    `select entry from attempt_entries where record_id = ? and sequence > ? and sequence <= ?
     order by sequence limit ?`,
  );
  const count = database.prepare(
    `insert into new_device_windows (tenant, start_ms, count) values (?, ?, 1)
     on conflict (tenant) do update set
       count = case when start_ms = excluded.start_ms then count + 1 else 1 end, start_ms = excluded.start_ms
     returning count`,
  );
  const readClock = database.prepare('select state from clock where id = 1');
  const writeClock = database.prepare(
    `insert into clock (id, state)
     select 1, ? where coalesce((select state ->> 'ticks' from clock where id = 1), 0) = ?
     on conflict (id) do update set state = excluded.state`,
  );

  const commits = groupCommit({
    begin: database.prepare('begin immediate'),
    commit: database.prepare('commit'),
    rollback: database.prepare('rollback'),
  });

  // The library is synchronous and untyped per statement: each cast names the columns of the statement above it.
  return {
    async read(recordId) {
      // In an array: the library takes a single object, which a byte string is, for named parameters.
      const row = read.get([recordId]) as { record: Uint8Array; revision: number } | undefined;
      return row === undefined
        ? null
        : { record: memory.decode(recordId, row.record), revision: row.revision };
    },
    replace(recordId, expectedRevision, record, { entries, forgetBeforeMs }) {
      const bytes = memory.encode(recordId, record);
      return commits.add(() => {
        const { changes } =
          expectedRevision === 0
            ? insert.run(recordId, bytes)
            : update.run(bytes, recordId, expectedRevision);
        if (changes !== 1) return false;
        for (const entry of entries) append.run(recordId, entry.sequence, entry.timeMs, encodeEntry(entry));
        if (forgetBeforeMs !== null) forget.run(recordId, recordId, forgetBeforeMs);
        return true;
      });
    },
    async erase(recordId, expectedRevision) {
      const isErased = await commits.add(() => {
        if (eraseRecord.run(recordId, expectedRevision).changes !== 1) return false;
        eraseLog.run([recordId]);
        return true;
      });
      if (!isErased) return false;
      memory.forget(recordId);
      // What was overwritten is in the write-ahead log until it is carried over and cut off.
      database.pragma('wal_checkpoint(TRUNCATE)');
      return true;
    },
    async readEntries(recordId, { after, through, limit }) {
      // `all` gives array buffers where `get` gives byte arrays.
      const rows = readEntries.all(recordId, after, through, limit) as { entry: ArrayBuffer }[];
      return rows.map(({ entry }) => decodeEntry(new Uint8Array(entry)));
    },
    countNewDeviceGuess(tenant, windowStartMs) {
      return commits.add(() => (count.get(tenant, windowStartMs) as { count: number }).count);
    },
    async readClock() {
      const row = readClock.get() as { state: string } | undefined;
      return row === undefined ? null : (JSON.parse(row.state) as ClockState);
    },
    writeClock(state, replaces) {
      return commits.add(() => writeClock.run(JSON.stringify(state), replaces).changes === 1);
    },
    async close() {
      commits.flush();
      database.close();
    },
  };
}
