import { chmodSync, closeSync, openSync } from 'node:fs';
import Database from 'libsql';
import type { ChatRow, ChatStore } from './chat-store.ts';

type KeyEngine = Pick<SubtleCrypto, 'exportKey' | 'importKey'>;

/**
 * The conversations of one account in a file that only its owner can read. The sealing key rests in it as it is, like the keys of
 * `fileVault` (ADR 35).
 * @param engine for keys that `exportableEngine` made
 */
export function sqliteChatStore(path: string, engine: KeyEngine): ChatStore {
  // Made before SQLite opens it, so that it never has wider rights; its log and index files take those of the database.
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('busy_timeout = 5000');
  database.exec(`
    create table if not exists rows (key text primary key, value blob not null) without rowid;
    create table if not exists meta (name text primary key, value) without rowid;`);

  const readRow = database.prepare('select value from rows where key = ?');
  const put = database.prepare(
    'insert into rows (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
  );
  const drop = database.prepare('delete from rows where key = ?');
  const ascending = database.prepare(
    'select key, value from rows where key >= ? and key < ? order by key limit ?',
  );
  const descending = database.prepare(
    'select key, value from rows where key >= ? and key < ? order by key desc limit ?',
  );
  const readMeta = database.prepare('select value from meta where name = ?');
  const putMeta = database.prepare(
    'insert into meta (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
  );
  const revisionNow = () => Number((readMeta.get('revision') as { value: number } | undefined)?.value ?? 0);

  const write = database.transaction((changes: Parameters<ChatStore['write']>[0], atRevision: number) => {
    if (revisionNow() !== atRevision) return false;
    for (const { key, value } of changes) {
      if (value === null) drop.run(key);
      else put.run(key, Buffer.from(value));
    }
    putMeta.run('revision', atRevision + 1);
    return true;
  });

  return {
    revision: async () => revisionNow(),
    async get(key) {
      const row = readRow.get(key) as { value: Uint8Array } | undefined;
      return row === undefined ? null : new Uint8Array(row.value);
    },
    async list({ prefix, before, newestFirst = false, limit = -1 }) {
      const last = `${prefix}\uffff`;
      const end = before !== undefined && before < last ? before : last;
      const found = (newestFirst ? descending : ascending).all(prefix, end, limit) as ChatRow[];
      return found.map(({ key, value }) => ({ key, value: new Uint8Array(value) }));
    },
    write: async (changes, atRevision) => write.immediate(changes, atRevision),
    async sealingKey(fresh) {
      const bytes = Buffer.from(await engine.exportKey('raw', fresh));
      database
        .prepare('insert into meta (name, value) values (?, ?) on conflict do nothing')
        .run('key', bytes);
      const { value } = readMeta.get('key') as { value: Uint8Array };
      return engine.importKey('raw', new Uint8Array(value), 'AES-GCM', true, ['encrypt', 'decrypt']);
    },
    close: async () => void database.close(),
  };
}
