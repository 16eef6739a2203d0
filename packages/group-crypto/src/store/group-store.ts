/** What is kept apart, so that a message need not rewrite what only a commit changes. */
export const groupTables = [
  'device',
  'key-packages',
  'groups',
  'past-epochs',
  'secret-trees',
  'pending-commits',
  'outbox',
  'future',
  'inbox',
  'seen',
] as const;
export type GroupTable = (typeof groupTables)[number];

export interface GroupRow {
  readonly key: string;
  readonly value: Uint8Array;
}

/** One row of a write; `value` null deletes it. */
export interface GroupChange {
  readonly table: GroupTable;
  readonly key: string;
  readonly value: Uint8Array | null;
}

/**
 * Where the state of one device's groups rests: rows of bytes by table and key. It belongs to one `GroupCrypto` at a time, which
 * keeps what it has read; whoever opens two over one store loses messages (browser: Web Locks; command line: the data folder's lock).
 */
export interface GroupStore {
  get(table: GroupTable, key: string): Promise<Uint8Array | null>;
  /** Rows whose key begins with `prefix` (default: all), in the order of their keys, which are ASCII. */
  list(table: GroupTable, prefix?: string): Promise<readonly GroupRow[]>;
  /** All of it or nothing, and durable before it resolves. A key that occurs twice keeps the last value. */
  write(changes: readonly GroupChange[]): Promise<void>;
  close(): Promise<void>;
}
