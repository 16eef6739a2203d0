import type { ChatStore } from './chat-store.ts';

/** A store that lives as long as the process: for the tests, and for clients that keep nothing. */
export function memoryChatStore(): ChatStore {
  const rows = new Map<string, Uint8Array<ArrayBuffer>>();
  let revision = 0;
  let key: CryptoKey | null = null;
  return {
    revision: async () => revision,
    get: async (name) => rows.get(name) ?? null,
    async list({ prefix, before, newestFirst = false, limit = Number.POSITIVE_INFINITY }) {
      const keys = [...rows.keys()]
        .filter((name) => name.startsWith(prefix) && (before === undefined || name < before))
        .sort();
      if (newestFirst) keys.reverse();
      return keys
        .slice(0, limit)
        .map((name) => ({ key: name, value: rows.get(name) as Uint8Array<ArrayBuffer> }));
    },
    async write(changes, atRevision) {
      if (atRevision !== revision) return false;
      revision += 1;
      for (const { key: name, value } of changes) {
        if (value === null) rows.delete(name);
        else rows.set(name, value);
      }
      return true;
    },
    async sealingKey(fresh) {
      key ??= fresh;
      return key;
    },
    close: async () => undefined,
  };
}
