import { pinHashParameters, Secret } from '@hexkey/protocol';
import { hashRaw } from '@node-rs/argon2';
import type { PinHash } from './pin/pin-hash.ts';

/** The PIN hash in Node, on a thread of libuv's pool. RFC 9106. */
export const nodePinHash: PinHash = async (password, salt) => {
  const hash = await hashRaw(password.reveal(), {
    // The package's constants are `const enum`s, which cannot be imported one file at a time: 2 is Argon2id, 1 is version 1.3.
    algorithm: 2,
    version: 1,
    memoryCost: pinHashParameters.memoryKiB,
    timeCost: pinHashParameters.iterations,
    parallelism: pinHashParameters.parallelism,
    outputLen: pinHashParameters.lengthBytes,
    salt: Uint8Array.from(salt),
  });
  return new Secret(new Uint8Array(hash));
};
