import { sha512 } from '@noble/hashes/sha2.js';
import type { Secret } from '../../encoding/secret.ts';
import type { Random } from '../../ports.ts';
import type { OprfProof } from '../wire/answers.ts';
import {
  generator,
  multiplyPublic,
  type Point,
  pointBytes,
  pointOf,
  randomScalar,
  type Scalar,
  scalarBytes,
  scalarField,
  scalarOf,
  scalarOfWideBytes,
  taggedBytes,
} from './group.ts';

/** What a proof is about, each as a 32-byte element: `w = k·u` and `v = k·G` for one k. */
export interface DleqStatement {
  /** u */
  readonly blindedInput: Uint8Array;
  /** v */
  readonly publicKey: Uint8Array;
  /** w */
  readonly blindedResult: Uint8Array;
}

/**
 * The 64 bytes whose reduction modulo L is the challenge: `SHA-512("Juicebox_DLEQ_2023_1;" || u || v || w || t·G || t·u)`.
 * Chaum, Pedersen, "Wallet databases with observers" (1992), section 3.2, made non-interactive as by Fiat and Shamir;
 * encoding: pin-network specification, section 2, "Cryptography".
 */
export function dleqChallengeBytes(
  { blindedInput, publicKey, blindedResult }: DleqStatement,
  commitmentToGenerator: Uint8Array,
  commitmentToInput: Uint8Array,
): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    sha512(
      taggedBytes(
        'Juicebox_DLEQ_2023_1;',
        blindedInput,
        publicKey,
        blindedResult,
        commitmentToGenerator,
        commitmentToInput,
      ),
    ),
  );
}

/**
 * Proves that one key made the public key and the result. Only the node holds the key.
 * @throws {RangeError} a key or an input that is malformed
 */
export function proveDleq(
  privateKey: Secret<Uint8Array>,
  statement: DleqStatement,
  random: Random,
): OprfProof {
  const t = randomScalar(random);
  const c = challenge(statement, generator.multiply(t), pointOf(statement.blindedInput).multiply(t));
  const betaZ = scalarField.add(t, scalarField.mul(scalarOf(privateKey.reveal()), c));
  return { c: scalarBytes(c), betaZ: scalarBytes(betaZ) };
}

/** Whether the node used the key of its public key. Everything comes from the node, so what is malformed is just `false`. */
export function verifyDleq(statement: DleqStatement, proof: OprfProof): boolean {
  try {
    const u = pointOf(statement.blindedInput);
    const v = pointOf(statement.publicKey);
    const w = pointOf(statement.blindedResult);
    const c = scalarOf(proof.c);
    const z = scalarOf(proof.betaZ);
    const toGenerator = multiplyPublic(generator, z).subtract(multiplyPublic(v, c));
    const toInput = multiplyPublic(u, z).subtract(multiplyPublic(w, c));
    return challenge(statement, toGenerator, toInput) === c;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function challenge(statement: DleqStatement, toGenerator: Point, toInput: Point): Scalar {
  return scalarOfWideBytes(dleqChallengeBytes(statement, pointBytes(toGenerator), pointBytes(toInput)));
}
