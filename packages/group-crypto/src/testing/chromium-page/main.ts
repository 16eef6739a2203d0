/// <reference types="vite/client" />
import { textOf, utf8 } from '@hexkey/protocol';
import { eraseGroupStore, indexedDbGroupStore, workerGroupCrypto } from '../../browser.ts';
import { type GroupCrypto, GroupCryptoRefusal } from '../../group-crypto.ts';
import { groupTables } from '../../store/group-store.ts';
import groupWorker from '../../worker/group-crypto.worker.ts?worker&url';
import { groupStoreRules } from '../group-store-rules.ts';
import { testCredential, validateTestCredential } from '../test-credential.ts';

/** What the test calls in the page. */
export interface GroupPage {
  storeRules(): Promise<Record<string, string>>;
  sealedRows(): Promise<{ hasPlaintext: boolean; swapped: string; extractable: boolean }>;
  talkThroughWorkers(): Promise<string[]>;
}

async function inWorker(deviceId: string): Promise<GroupCrypto> {
  const accountId = deviceId.slice(0, deviceId.indexOf('.'));
  const crypto = await workerGroupCrypto(new Worker(groupWorker, { type: 'module' }), {
    device: { accountId, deviceId },
    validate: validateTestCredential,
  });
  await crypto.setCredential(testCredential(accountId, deviceId, await crypto.signatureKey()));
  return crypto;
}

const groupPage: GroupPage = {
  async storeRules() {
    const outcomes: Record<string, string> = {};
    for (const [name, check] of Object.entries(groupStoreRules)) {
      try {
        await check(() => indexedDbGroupStore(`rules ${name}`, crypto.subtle));
        outcomes[name] = 'holds';
      } catch (error) {
        outcomes[name] = String(error);
      }
      await eraseGroupStore(`rules ${name}`);
    }
    return outcomes;
  },
  async sealedRows() {
    const plaintext = 'a row nobody should read in the database';
    const store = await indexedDbGroupStore('sealed', crypto.subtle);
    await store.write([
      { table: 'groups', key: 'a', value: utf8(plaintext) },
      { table: 'groups', key: 'b', value: utf8('another') },
    ]);
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('hexkey/v1/groups/sealed');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const inOrder = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
    const transaction = database.transaction(['groups', 'keys'], 'readwrite');
    const groups = transaction.objectStore('groups');
    const first = await inOrder(groups.get('a'));
    await inOrder(groups.put(first, 'b'));
    const key = (await inOrder(transaction.objectStore('keys').get('seal'))) as CryptoKey;
    const raw = new TextDecoder('latin1').decode(first.ciphertext);
    const swapped = await store.get('groups', 'b').then(
      () => 'read',
      (error: unknown) => (error instanceof Error ? error.name : String(error)),
    );
    database.close();
    await store.close();
    await eraseGroupStore('sealed');
    return { hasPlaintext: raw.includes(plaintext.slice(0, 8)), swapped, extractable: key.extractable };
  },
  async talkThroughWorkers() {
    const heard: string[] = [];
    const ana = await inWorker('ana.1');
    const bob = await inWorker('bob.1');
    await ana.create('group-1');
    await ana.encrypt('no-such-group', 'm0', utf8('x')).catch((error: unknown) => {
      if (error instanceof GroupCryptoRefusal) heard.push(error.reason);
    });
    const pending = await ana.prepareCommit('group-1', { add: await bob.makeKeyPackages(1) });
    const groupId = 'group-1';
    await ana.receive({ envelopeId: 'e1', groupId, kind: 'commit', body: pending.commit });
    const body = pending.welcome ?? new Uint8Array(0);
    heard.push((await bob.receive({ envelopeId: 'e2', groupId, kind: 'welcome', body })).kind);
    const { ciphertext } = await ana.encrypt('group-1', 'm1', utf8('through two workers'));
    await bob.receive({ envelopeId: 'e3', groupId, kind: 'message', body: ciphertext });
    // Closed and opened again: the state is in IndexedDB, not in the worker.
    await bob.close();
    const again = await inWorker('bob.1');
    for (const received of await again.inbox())
      heard.push(received.kind === 'message' ? textOf(received.plaintext) : received.kind);
    await Promise.all([ana.close(), again.close()]);
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    heard.push(...names.filter((name) => name.includes('/groups/')).sort(), `${groupTables.length} tables`);
    return heard;
  },
};
Object.assign(globalThis, { groupPage });
document.title = 'ready';
