import { sha512 } from '@noble/hashes/sha2.js';
import { Secret } from '../../encoding/secret.ts';
import type { Random } from '../../ports.ts';
import {
  multiply,
  type Point,
  pointBytes,
  pointOf,
  pointOfUniformBytes,
  randomScalar,
  type Scalar,
  scalarField,
  scalarOf,
  taggedBytes,
} from './group.ts';

/*
 * 2HashDH of Jarecki, Kiayias, Krawczyk, Xu, "Highly-Efficient and Composable Password-Protected Secret Sharing" (2016),
 * section 3, in the encoding of the Juicebox protocol (pin-network specification, section 2, "Cryptography"); not RFC 9497.
 */

/** What the client keeps between `blindInput` and `finalizeOprf`. */
export interface BlindedInput {
  /** Sent to the nodes; says nothing about the input. */
  readonly blindedInput: Uint8Array<ArrayBuffer>;
  readonly blindingFactor: Secret<Scalar>;
}

/** `r · H1(input)` for a random r. */
export function blindInput(input: Secret<Uint8Array>, random: Random): BlindedInput {
  const blindingFactor = randomScalar(random);
  return {
    blindedInput: pointBytes(inputPoint(input).multiply(blindingFactor)),
    blindingFactor: new Secret(blindingFactor),
  };
}

/**
 * `k · blinded`: a node's part, in the library without native code.
 * @throws {RangeError} a key that is no canonical non-zero scalar, an input that is no element or is the identity
 */
export function evaluateBlinded(
  privateKey: Secret<Uint8Array>,
  blindedInput: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const key = scalarOf(privateKey.reveal());
  if (key === 0n) throw new RangeError('an OPRF key is not zero');
  return pointBytes(pointOf(blindedInput).multiply(key));
}

/** 64 bytes: `H2(input, r^-1 · (r · k · H1(input)))`. */
export function finalizeOprf(
  input: Secret<Uint8Array>,
  blindingFactor: Secret<Scalar>,
  blindedResult: Point,
): Secret<Uint8Array<ArrayBuffer>> {
  return oprfOutput(input, multiply(blindedResult, scalarField.inv(blindingFactor.reveal())));
}

/** The same output for whoever holds the whole key k: the client, at the moment it makes the records. */
export function computeOprf(input: Secret<Uint8Array>, key: Secret<Scalar>): Secret<Uint8Array<ArrayBuffer>> {
  return oprfOutput(input, inputPoint(input).multiply(key.reveal()));
}

/** `H1(x) = from_uniform_bytes(SHA-512(x))`, without a domain separation tag. */
function inputPoint(input: Secret<Uint8Array>): Point {
  return pointOfUniformBytes(sha512(input.reveal()));
}

/** `H2(x, P) = SHA-512("Juicebox_OPRF_2023_1;" || x || P)`. */
function oprfOutput(input: Secret<Uint8Array>, point: Point): Secret<Uint8Array<ArrayBuffer>> {
  const transcript = taggedBytes('Juicebox_OPRF_2023_1;', input.reveal(), pointBytes(point));
  return new Secret(Uint8Array.from(sha512(transcript)));
}
