import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8 } from '../../encoding/bytes.ts';

const { Point } = ed25519;
const { Fn } = Point;

/**
 * Whether a round-1 package proves knowledge of its constant term: R = z·B - c·phi with c = HDKG(identifier, phi, R), and all its commitments are
 * points of the prime-order group other than the identity. The library checks the same in round 2, but does not say whose package failed.
 * Source: Komlo and Goldberg, "FROST", figure 1, round 1 steps 2 and 5; HDKG of frost-ed25519 (SHA-512 over "FROST-ED25519-SHA512-v1dkg").
 */
export function isProofGood(
  identifier: number,
  commitment: readonly Uint8Array[],
  proof: Uint8Array,
): boolean {
  try {
    const points = commitment.map(pointOf);
    const [phi] = points;
    const [encodedPhi] = commitment;
    if (phi === undefined || encodedPhi === undefined || proof.length !== 64) return false;
    const encodedR = proof.slice(0, 32);
    const r = pointOf(encodedR);
    const z = Fn.fromBytes(proof.slice(32));
    const prefix = utf8('FROST-ED25519-SHA512-v1dkg');
    const digest = sha512(concatBytes(prefix, Fn.toBytes(BigInt(identifier)), encodedPhi, encodedR));
    const c = Fn.create(littleEndian(digest));
    return r.equals(Point.BASE.multiplyUnsafe(z).subtract(phi.multiplyUnsafe(c)));
  } catch {
    // The library throws for bytes that are no point or scalar of the group; for us that is the answer "no".
    return false;
  }
}

function pointOf(bytes: Uint8Array) {
  const point = Point.fromBytes(bytes);
  if (point.is0() || !point.isTorsionFree()) throw new RangeError('not in the prime-order group');
  return point;
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
}
