import type { LeafNode } from 'ts-mls';

/** Who a leaf says it is; nothing of it is checked here. */
export interface LeafSummary {
  /** The basic credential's identity; empty for another kind of credential. */
  readonly identity: Uint8Array;
  /** Ed25519, 32 bytes. */
  readonly signatureKey: Uint8Array;
}

export function summarizeLeaf({ credential, signaturePublicKey }: LeafNode): LeafSummary {
  return {
    identity: credential.credentialType === 'basic' ? credential.identity : new Uint8Array(0),
    signatureKey: signaturePublicKey,
  };
}
