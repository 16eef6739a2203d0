export { createHexkey, type HexkeyClient } from './create-hexkey.ts';
export type * from './deps.ts';
export type * from './hexkey.ts';
export type { PinHash } from './pin/pin-hash.ts';
export { memoryVault } from './storage/memory-vault.ts';
export type * from './storage/vault.ts';
