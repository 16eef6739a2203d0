import type { OprfProof } from '@hexkey/protocol';

/** One evaluation of a blinded PIN with this node's key, and the proof that it was this key. */
export interface Evaluation {
  readonly blindedResult: Uint8Array;
  readonly proof: OprfProof;
}

/** ristretto255 (RFC 9496) as a node needs it. Two implementations check each other. */
export interface GroupOperations {
  /** A canonical encoding of a point other than the identity. */
  isPoint(bytes: Uint8Array): boolean;
  /** A canonical scalar: 32 bytes little-endian, below the group order. */
  isScalar(bytes: Uint8Array): boolean;
  /** k·G, or null for the zero scalar. @param privateKey a canonical scalar; the node's secret */
  publicKeyOf(privateKey: Uint8Array): Uint8Array | null;
  /**
   * The result k·u with a DLEQ proof (Chaum-Pedersen with Fiat-Shamir, in Juicebox's transcript:
   * pin-network specification, section 2).
   * @param privateKey k, canonical and not zero; the node's secret
   * @param publicKey k·G
   * @param blindedInput u, a valid point
   * @param entropy 64 uniform bytes, used once, thrown away
   */
  evaluate(input: {
    readonly privateKey: Uint8Array;
    readonly publicKey: Uint8Array;
    readonly blindedInput: Uint8Array;
    readonly entropy: Uint8Array;
  }): Evaluation;
}

/** c = SHA-512(this) mod L. */
export const dleqDomain = 'Juicebox_DLEQ_2023_1;';
/** The order of the group, 2^252 + 27742317777372353535851937790883648493. RFC 9496 section 4. */
export const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n;

/** Whether 32 little-endian bytes are below the group order. */
export function isCanonicalScalar(bytes: Uint8Array): boolean {
  return bytes.length === 32 && littleEndian(bytes) < groupOrder;
}

export function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex') || '0'}`);
}
