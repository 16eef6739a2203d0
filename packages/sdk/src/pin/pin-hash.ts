import type { Secret } from '@hexkey/protocol';

/**
 * Argon2id with `pinHashParameters`, 64 bytes. The one costly step: 0.2 s natively, about a second in a browser's worker.
 * Neither argument nor result may be kept.
 */
export type PinHash = (password: Secret<Uint8Array>, salt: Uint8Array) => Promise<Secret<Uint8Array>>;
