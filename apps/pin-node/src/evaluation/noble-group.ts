import { createHash } from 'node:crypto';
import { ristretto255 } from '@noble/curves/ed25519.js';
import {
  dleqDomain,
  type GroupOperations,
  groupOrder,
  isCanonicalScalar,
  littleEndian,
} from './group-operations.ts';

const { Point } = ristretto255;

/** The same group in TypeScript: the second opinion that the tests and the benchmark compare with. */
export function nobleGroup(): GroupOperations {
  return {
    isPoint(bytes) {
      try {
        return !Point.fromBytes(bytes).is0();
      } catch {
        // The library throws for bytes that encode no point: that is the answer.
        return false;
      }
    },
    isScalar: isCanonicalScalar,
    publicKeyOf(privateKey) {
      const k = littleEndian(privateKey);
      return k === 0n ? null : Point.BASE.multiply(k).toBytes();
    },
    evaluate({ privateKey, publicKey, blindedInput, entropy }) {
      const k = littleEndian(privateKey);
      const u = Point.fromBytes(blindedInput);
      const t = littleEndian(entropy) % groupOrder;
      const blindedResult = u.multiply(k).toBytes();
      const transcript = createHash('sha512')
        .update(dleqDomain)
        .update(blindedInput)
        .update(publicKey)
        .update(blindedResult)
        .update(Point.BASE.multiply(t).toBytes())
        .update(u.multiply(t).toBytes())
        .digest();
      const c = littleEndian(transcript) % groupOrder;
      return { blindedResult, proof: { c: scalarBytes(c), betaZ: scalarBytes((t + k * c) % groupOrder) } };
    },
  };
}

function scalarBytes(scalar: bigint): Uint8Array {
  return Uint8Array.from(Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').reverse());
}
