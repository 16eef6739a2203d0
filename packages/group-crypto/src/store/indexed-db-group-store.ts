import { utf8 } from '@hexkey/protocol';
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';
import { type GroupStore, type GroupTable, groupTables } from './group-store.ts';

/** What rests of a row: AES-256-GCM under the key of this database. */
interface SealedRow {
  /** 12 random bytes. A key may seal 2^32 rows so (NIST SP 800-38D section 8.3). */
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly ciphertext: ArrayBuffer;
}

type GroupSchema = DBSchema &
  Record<GroupTable, { key: string; value: SealedRow }> & {
    keys: { key: 'seal'; value: CryptoKey };
  };
type Database = IDBPDatabase<GroupSchema>;

/** Raised with the layout; an older layout is then moved in `upgrade`. */
const layout = 1;
const nameOf = (accountId: string) => `hexkey/v${layout}/groups/${accountId}`;

/**
 * The groups of an account in this browser. Rows are sealed under a key the engine will use but not export, bound to table and key: it
 * stops a copy of the files and a row put in another's place, not a program that runs as this page.
 */
export async function indexedDbGroupStore(accountId: string, subtle: SubtleCrypto): Promise<GroupStore> {
  const database = await openDB<GroupSchema>(nameOf(accountId), 1, {
    upgrade(fresh) {
      for (const table of [...groupTables, 'keys' as const]) fresh.createObjectStore(table);
    },
    // Another page erases the account: what this one still wants to write is of no use.
    blocking: (_, __, event) => (event.target as IDBDatabase).close(),
  });
  const key = await sealKey(database, subtle);
  const open = async (table: GroupTable, name: string, { nonce, ciphertext }: SealedRow) =>
    new Uint8Array(await subtle.decrypt(parameters(table, name, nonce), key, ciphertext));
  const seal = async (table: GroupTable, name: string, value: Uint8Array): Promise<SealedRow> => {
    const nonce = globalThis.crypto.getRandomValues(new Uint8Array(12));
    const ciphertext = await subtle.encrypt(parameters(table, name, nonce), key, Uint8Array.from(value));
    return { nonce, ciphertext };
  };
  return {
    async get(table, name) {
      const row = await database.get(table, name);
      return row === undefined ? null : open(table, name, row);
    },
    async list(table, prefix = '') {
      const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
      const { store, done } = database.transaction(table);
      const [names, rows] = await Promise.all([store.getAllKeys(range), store.getAll(range), done]);
      return Promise.all(
        rows.map(async (row, index) => {
          const name = names[index] ?? '';
          return { key: name, value: await open(table, name, row) };
        }),
      );
    },
    async write(changes) {
      if (changes.length === 0) return;
      // Before the transaction, which would end while the engine encrypts.
      const sealed = await Promise.all(
        changes.map(async ({ table, key: name, value }) => ({
          table,
          name,
          row: value === null ? null : await seal(table, name, value),
        })),
      );
      const tables = [...new Set(changes.map(({ table }) => table))];
      // Strict: a message key that is used up must not come back after a power cut.
      const transaction = database.transaction(tables, 'readwrite', { durability: 'strict' });
      await Promise.all([
        ...sealed.map(({ table, name, row }) => {
          const store = transaction.objectStore(table);
          return row === null ? store.delete(name) : store.put(row, name);
        }),
        transaction.done,
      ]);
    },
    async close() {
      database.close();
    },
  };
}

/** Takes the groups of an account off this browser. */
export async function eraseGroupStore(accountId: string): Promise<void> {
  await deleteDB(nameOf(accountId));
}

async function sealKey(database: Database, subtle: SubtleCrypto): Promise<CryptoKey> {
  const kept = await database.get('keys', 'seal');
  if (kept !== undefined) return kept;
  const algorithm = { name: 'AES-GCM', length: 256 };
  const fresh = await subtle.generateKey(algorithm, false, ['encrypt', 'decrypt']);
  const { store, done } = database.transaction('keys', 'readwrite', { durability: 'strict' });
  // Another page may have been faster.
  const first = await store.get('seal');
  if (first === undefined) await store.put(fresh, 'seal');
  await done;
  return first ?? fresh;
}

function parameters(table: GroupTable, name: string, nonce: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: 'AES-GCM', iv: nonce, additionalData: utf8(`${table}/${name}`) };
}
