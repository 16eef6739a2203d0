import { pinHashParameters } from '@hexkey/protocol';
import { argon2id } from 'hash-wasm';

/** Asks for one hash; the worker is ended after its answer, so that nothing of the PIN stays in its memory. */
export interface PinHashOrder {
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
}

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

// A rejection of this promise reaches the page as the worker's `error` event.
scope.onmessage = async ({ data }: MessageEvent<PinHashOrder>) => {
  const hash = await argon2id({
    password: data.password,
    salt: data.salt,
    memorySize: pinHashParameters.memoryKiB,
    iterations: pinHashParameters.iterations,
    parallelism: pinHashParameters.parallelism,
    hashLength: pinHashParameters.lengthBytes,
    outputType: 'binary',
  });
  scope.postMessage(hash);
};
