import { closeSync, openSync } from 'node:fs';
import Database from 'libsql';
import type { GroupStore } from './group-store.ts';

/** `get` gives a view, `all` the bare buffer. */
type Blob = Uint8Array | ArrayBuffer;

/**
 * The groups of a device in a file only its owner can read, for the command line. Rows are not sealed: there is no engine that keeps a
 * key from whoever can read the file, and the login key lies beside it.
 * @param path in a folder only the owner can enter
 */
export function sqliteGroupStore(path: string): GroupStore {
  // Made here for its mode, which the log of SQLite beside it takes over.
  closeSync(openSync(path, 'a', 0o600));
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  // A resolved write has reached the disk (SQLite documentation, "PRAGMA synchronous").
  database.pragma('synchronous = FULL');
  database.pragma('busy_timeout = 5000');
  database.exec(`create table if not exists group_rows (
    name text not null, key text not null, value blob not null, primary key (name, key)) without rowid`);
  const read = database.prepare('select value from group_rows where name = ? and key = ?');
  const list = database.prepare(
    'select key, value from group_rows where name = ? and key >= ? and key < ? order by key',
  );
  const put = database.prepare(
    'insert into group_rows values (?, ?, ?) on conflict (name, key) do update set value = excluded.value',
  );
  const remove = database.prepare('delete from group_rows where name = ? and key = ?');
  // The library is synchronous and untyped: each cast names the columns of the statement.
  return {
    async get(table, key) {
      const row = read.get([table, key]) as { value: Blob } | undefined;
      return row === undefined ? null : new Uint8Array(row.value);
    },
    async list(table, prefix = '') {
      const rows = list.all([table, prefix, `${prefix}\u007f`]) as { key: string; value: Blob }[];
      return rows.map(({ key, value }) => ({ key, value: new Uint8Array(value) }));
    },
    async write(changes) {
      database.exec('begin immediate');
      try {
        for (const { table, key, value } of changes) {
          if (value === null) remove.run([table, key]);
          else put.run([table, key, Buffer.from(value)]);
        }
        database.exec('commit');
      } catch (error) {
        database.exec('rollback');
        throw error;
      }
    },
    async close() {
      database.close();
    },
  };
}
