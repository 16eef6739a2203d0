export * from './group-crypto.ts';
export { openGroupCrypto } from './open-group-crypto.ts';
export type * from './store/group-store.ts';
export { memoryGroupStore } from './store/memory-group-store.ts';
