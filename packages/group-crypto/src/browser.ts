export { eraseGroupStore, indexedDbGroupStore } from './store/indexed-db-group-store.ts';
export { workerGroupCrypto } from './worker/worker-group-crypto.ts';
