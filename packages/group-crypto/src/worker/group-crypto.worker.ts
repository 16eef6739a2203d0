import { openGroupCrypto } from '../open-group-crypto.ts';
import { indexedDbGroupStore } from '../store/indexed-db-group-store.ts';
import { serveGroupCrypto } from './serve-group-crypto.ts';

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

serveGroupCrypto(scope, async ({ device, validate }) =>
  openGroupCrypto({
    store: await indexedDbGroupStore(device.accountId, scope.crypto.subtle),
    device,
    validate,
    random: (lengthBytes) => scope.crypto.getRandomValues(new Uint8Array(lengthBytes)),
    clock: Date,
  }),
);
