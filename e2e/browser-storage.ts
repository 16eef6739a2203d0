import type { Page } from '@hexkey/testing';

/** Everything a page's origin keeps in the browser, as one text: Web Storage, IndexedDB, Cache Storage, cookies. */
export async function browserStorage(page: Page): Promise<string> {
  // Runs in the page, so it is one self-contained function. Bytes become hexadecimal, keys that cannot be exported
  // their description.
  return page.evaluate(async () => {
    const plain = (value: unknown): unknown => {
      if (value instanceof ArrayBuffer) return plain(new Uint8Array(value));
      if (ArrayBuffer.isView(value)) {
        const view = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
        return `bytes:${[...view].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
      }
      if (value instanceof CryptoKey) return `key:${value.type}:extractable=${value.extractable}`;
      if (Array.isArray(value)) return value.map(plain);
      if (typeof value === 'object' && value !== null)
        return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
      return value;
    };
    const result = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const databases: unknown[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await result(indexedDB.open(name ?? ''));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        databases.push({
          name,
          store,
          keys: plain(await result(objects.getAllKeys())),
          values: plain(await result(objects.getAll())),
        });
      }
      database.close();
    }
    const cached: unknown[] = [];
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys()) cached.push(request.url);
    return JSON.stringify({
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases,
      cached,
      cookies: document.cookie,
      address: location.href,
      history: history.state,
    });
  });
}
