import type { GroupCrypto, GroupCryptoReason, GroupDevice, VerifiedDevice } from '../group-crypto.ts';

export type Method = keyof GroupCrypto;

/** From the page. */
export type Order =
  /** The first one: opens the store of the device's account. */
  | { readonly kind: 'open'; readonly id: number; readonly device: GroupDevice }
  | { readonly kind: 'call'; readonly id: number; readonly method: Method; readonly args: readonly unknown[] }
  /** The answer to a question; `failed`: `validate` threw, and the page keeps what. */
  | { readonly kind: 'validated'; readonly id: number; readonly answer: VerifiedDevice | null | 'failed' };

/** From the worker. */
export type Report =
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: WireError }
  | {
      readonly kind: 'validate';
      readonly id: number;
      readonly identity: Uint8Array;
      readonly signatureKey: Uint8Array;
    };

/** An error that keeps its type on the way. */
export type WireError =
  | { readonly kind: 'refusal'; readonly reason: GroupCryptoReason }
  /** What `validate` threw for this question. */
  | { readonly kind: 'validate'; readonly id: number }
  /** Of the engine or a bug: structured clone keeps DOMExceptions and the language's own errors. */
  | { readonly kind: 'other'; readonly error: unknown };

/** Either end of a worker, or a port. */
export interface Port {
  postMessage(message: Order | Report, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent) => unknown) | null;
  /** Of a worker that did not start, or threw where nobody waits. */
  onerror?: ((event: ErrorEvent) => unknown) | null;
}
