import { type GroupRow, type GroupStore, type GroupTable, groupTables } from './group-store.ts';

/** For tests, and devices that keep nothing. */
export function memoryGroupStore(): GroupStore {
  const tables = new Map(groupTables.map((table) => [table, new Map<string, Uint8Array>()]));
  const rowsOf = (table: GroupTable) => {
    const rows = tables.get(table);
    if (rows === undefined) throw new RangeError('no such table');
    return rows;
  };
  return {
    async get(table, key) {
      return rowsOf(table).get(key)?.slice() ?? null;
    },
    async list(table, prefix = '') {
      const rows: GroupRow[] = [];
      for (const [key, value] of rowsOf(table))
        if (key.startsWith(prefix)) rows.push({ key, value: value.slice() });
      return rows.sort((left, right) => (left.key < right.key ? -1 : 1));
    },
    async write(changes) {
      // Every table first: a write that fails has changed nothing. Copies: the caller may use its buffers again.
      const ready = changes.map(({ table, key, value }) => ({
        rows: rowsOf(table),
        key,
        value: value?.slice(),
      }));
      for (const { rows, key, value } of ready) {
        if (value === undefined) rows.delete(key);
        else rows.set(key, value);
      }
    },
    async close() {},
  };
}
