import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js';
import { concatBytes, utf8 } from '../../encoding/bytes.ts';
import type { Random } from '../../ports.ts';

/** An element of ristretto255, RFC 9496. */
export type Point = InstanceType<typeof ristretto255.Point>;
/** An integer modulo the group order L = 2^252 + 27742317777372353535851937790883648493. */
export type Scalar = bigint;

const { Point: Ristretto } = ristretto255;
export const scalarField = Ristretto.Fn;
export const generator: Point = Ristretto.BASE;
export const identity: Point = Ristretto.ZERO;

/** The canonical encoding of an element other than the identity. RFC 9496 section 4.3.1. @throws {RangeError} anything else */
export function pointOf(bytes: Uint8Array): Point {
  const point = decoded(() => Ristretto.fromBytes(bytes), 'not a ristretto255 element');
  if (point.equals(identity)) throw new RangeError('the identity element');
  return point;
}

/** 32 bytes. RFC 9496 section 4.3.2. */
export function pointBytes(point: Point): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(point.toBytes());
}

/** One-way map of 64 uniform bytes to the group. RFC 9496 section 4.3.4. */
export function pointOfUniformBytes(bytes: Uint8Array): Point {
  return ristretto255_hasher.deriveToCurve?.(bytes) as Point;
}

/** 32 little-endian bytes below L. @throws {RangeError} another length or a value that is not reduced */
export function scalarOf(bytes: Uint8Array): Scalar {
  return decoded(() => scalarField.fromBytes(bytes), 'not a canonical scalar');
}

/** 32 little-endian bytes. */
export function scalarBytes(scalar: Scalar): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(scalarField.toBytes(scalar));
}

/** 64 little-endian bytes reduced modulo L; the bias is below 2^-250. RFC 9496 section 4.4. */
export function scalarOfWideBytes(bytes: Uint8Array): Scalar {
  let value = 0n;
  for (const byte of Uint8Array.from(bytes).reverse()) value = (value << 8n) | BigInt(byte);
  return scalarField.create(value);
}

/** A uniform non-zero scalar. @throws {Error} when `random` gives only zero, so it is broken */
export function randomScalar(random: Random): Scalar {
  const scalar = scalarOfWideBytes(random(64));
  if (scalar === 0n) throw new Error('the random source gives only zeros');
  return scalar;
}

/** `point · scalar`, also for zero, which a public Lagrange weight or challenge may be. Not constant-time for zero. */
export function multiply(point: Point, scalar: Scalar): Point {
  return scalar === 0n ? identity : point.multiply(scalar);
}

/** The same, quicker and in a time that tells the scalar: for what everybody may know. */
export function multiplyPublic(point: Point, scalar: Scalar): Point {
  return point.multiplyUnsafe(scalar);
}

/** Bytes of a named hash input: the name in UTF-8, then the parts without separators. */
export function taggedBytes(tag: string, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return concatBytes(utf8(tag), ...parts);
}

function decoded<T>(decode: () => T, problem: string): T {
  try {
    return decode();
  } catch (cause) {
    throw new RangeError(problem, { cause });
  }
}
