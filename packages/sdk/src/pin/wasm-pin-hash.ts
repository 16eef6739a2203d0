import { pinHashParameters, Secret } from '@hexkey/protocol';
import { argon2id } from 'hash-wasm';
import type { PinHash } from './pin-hash.ts';

/** The PIN hash in WebAssembly. It holds its thread for about a second: run it in a worker. RFC 9106. */
export const wasmPinHash: PinHash = async (password, salt) => {
  const hash = await argon2id({
    password: password.reveal(),
    salt,
    memorySize: pinHashParameters.memoryKiB,
    iterations: pinHashParameters.iterations,
    parallelism: pinHashParameters.parallelism,
    hashLength: pinHashParameters.lengthBytes,
    outputType: 'binary',
  });
  return new Secret(hash);
};
