import { Secret } from '@hexkey/protocol';
import { wasmPinHash } from './wasm-pin-hash.ts';

/** Asks for one hash; the worker is ended after its answer, so that nothing of the PIN stays in its memory. */
export interface PinHashOrder {
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
}

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = async ({ data }: MessageEvent<PinHashOrder>) => {
  try {
    scope.postMessage((await wasmPinHash(new Secret(data.password), data.salt)).reveal());
  } catch (error) {
    // A rejected promise would end here unheard; thrown outside of it, it is the page's `error` event.
    setTimeout(() => {
      throw error;
    });
  }
};
