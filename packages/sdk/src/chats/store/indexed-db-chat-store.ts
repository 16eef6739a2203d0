import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';
import { storageRefusal } from '../../storage/storage-refusal.ts';
import type { ChatRange, ChatStore } from './chat-store.ts';

interface ChatSchema extends DBSchema {
  rows: { key: string; value: Uint8Array<ArrayBuffer> };
  meta: { key: 'revision' | 'key'; value: number | CryptoKey };
}

/** Raised with the layout; an older layout is then moved in `upgrade`. */
const layout = 1;
const nameOf = (accountId: string) => `hexkey/v${layout}/${accountId}/chats`;

/** The conversations of one account in a browser. The sealing key is a Web Crypto object, whose bytes no script can read. */
export async function indexedDbChatStore(accountId: string): Promise<ChatStore> {
  const database = await orRefusal(() =>
    openDB<ChatSchema>(nameOf(accountId), 1, {
      upgrade(fresh) {
        fresh.createObjectStore('rows');
        fresh.createObjectStore('meta');
      },
      // Another page erases the account: an open connection would keep it waiting.
      blocking: (_current, _blocked, { target }) => (target as IDBDatabase).close(),
    }),
  );
  return {
    revision: () => orRefusal(async () => revisionIn(await database.get('meta', 'revision'))),
    get: (key) => orRefusal(async () => (await database.get('rows', key)) ?? null),
    list: (range) => orRefusal(() => listRows(database, range)),
    write: (changes, atRevision) =>
      orRefusal(async () => {
        const transaction = database.transaction(['rows', 'meta'], 'readwrite', { durability: 'strict' });
        const meta = transaction.objectStore('meta');
        if (revisionIn(await meta.get('revision')) !== atRevision) return false;
        const rows = transaction.objectStore('rows');
        for (const { key, value } of changes) {
          // Not awaited one by one: the transaction ends with all of them or none.
          if (value === null) void rows.delete(key);
          else void rows.put(value, key);
        }
        void meta.put(atRevision + 1, 'revision');
        await transaction.done;
        return true;
      }),
    sealingKey: (fresh) =>
      orRefusal(async () => {
        const { store, done } = database.transaction('meta', 'readwrite');
        const kept = await store.get('key');
        if (kept === undefined) await store.put(fresh, 'key');
        await done;
        return kept instanceof CryptoKey ? kept : fresh;
      }),
    close: async () => database.close(),
  };
}

export function eraseIndexedDbChats(accountId: string): Promise<void> {
  return orRefusal(() => deleteDB(nameOf(accountId)));
}

async function listRows(
  database: IDBPDatabase<ChatSchema>,
  { prefix, before, newestFirst = false, limit }: ChatRange,
) {
  const end = before !== undefined && before < `${prefix}\uffff` ? before : `${prefix}\uffff`;
  if (end <= prefix) return [];
  const range = IDBKeyRange.bound(prefix, end, false, true);
  const store = database.transaction('rows').store;
  if (!newestFirst) {
    const [keys, values] = await Promise.all([store.getAllKeys(range, limit), store.getAll(range, limit)]);
    return keys.map((key, place) => ({ key, value: values[place] as Uint8Array<ArrayBuffer> }));
  }
  const rows: { key: string; value: Uint8Array<ArrayBuffer> }[] = [];
  let cursor = await store.openCursor(range, 'prev');
  while (cursor !== null && (limit === undefined || rows.length < limit)) {
    rows.push({ key: cursor.key, value: cursor.value });
    cursor = await cursor.continue();
  }
  return rows;
}

const revisionIn = (kept: unknown): number => (typeof kept === 'number' ? kept : 0);

async function orRefusal<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageRefusal(error) ?? error;
  }
}
