/** Codes of JSON-RPC 2.0 section 5.1 and of Solana (Agave, `rpc-client-api/src/custom_error.rs`). */
export const rpcCodes = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  preflightFailure: -32002,
  signatureVerificationFailure: -32003,
  unsupportedTransactionVersion: -32015,
  minContextSlotNotReached: -32016,
  /** As public devnets answer when their faucet has given enough. */
  faucetLimit: 429,
} as const;

/** An expected refusal, sent to the caller. Anything else that is thrown is a bug. */
export class RpcError extends Error {
  readonly code: number;
  readonly data: unknown;
  constructor(name: keyof typeof rpcCodes, message: string, data?: unknown) {
    super(message);
    this.code = rpcCodes[name];
    this.data = data;
  }
}

export const invalidParams = (message: string) => new RpcError('invalidParams', message);
