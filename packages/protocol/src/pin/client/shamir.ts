import { Secret } from '../../encoding/secret.ts';
import type { Random } from '../../ports.ts';
import { identity, multiply, type Point, randomScalar, type Scalar, scalarField } from './group.ts';

/*
 * Shamir, "How to share a secret" (1979), over the scalars of ristretto255. A node's index is its 1-based position after
 * sorting the realm ids (pin-network specification, section 2, "Cryptography").
 */

/** One point of the polynomial. */
export interface Share<T> {
  /** x-coordinate, 1..n. */
  readonly index: number;
  readonly value: T;
}

/**
 * n shares of which any `threshold` give the secret and fewer say nothing about it.
 * @throws {RangeError} unless 1 <= threshold <= count
 */
export function splitScalar(
  secret: Secret<Scalar>,
  threshold: number,
  count: number,
  random: Random,
): readonly Share<Secret<Scalar>>[] {
  if (threshold < 1 || threshold > count)
    throw new RangeError('a threshold lies between 1 and the number of shares');
  const coefficients = [
    secret.reveal(),
    ...Array.from({ length: threshold - 1 }, () => randomScalar(random)),
  ];
  return Array.from({ length: count }, (_, position) => {
    const x = BigInt(position + 1);
    // Horner's rule, highest coefficient first.
    const y = coefficients.reduceRight((sum, coefficient) => scalarField.create(sum * x + coefficient), 0n);
    return { index: position + 1, value: new Secret(y) };
  });
}

/** The shared scalar. @throws {RangeError} repeated or non-positive indices, or no share */
export function combineScalars(shares: readonly Share<Secret<Scalar>>[]): Secret<Scalar> {
  const weights = lagrangeWeights(shares.map(({ index }) => index));
  return new Secret(
    shares.reduce(
      (sum, { value }, position) =>
        scalarField.add(sum, scalarField.mul(value.reveal(), weights[position] as Scalar)),
      0n,
    ),
  );
}

/** The same in the exponent: `k·P` from `k_i·P`. @throws {RangeError} as `combineScalars` */
export function combinePoints(shares: readonly Share<Point>[]): Point {
  const weights = lagrangeWeights(shares.map(({ index }) => index));
  return shares.reduce(
    (sum, { value }, position) => sum.add(multiply(value, weights[position] as Scalar)),
    identity,
  );
}

/** Weights of the shares at x = 0. RFC 9591 section 4.2, `derive_interpolating_value`. */
function lagrangeWeights(indices: readonly number[]): readonly Scalar[] {
  if (indices.length === 0 || new Set(indices).size !== indices.length || indices.some((index) => index < 1))
    throw new RangeError('shares need distinct positive indices');
  return indices.map((index) => {
    const others = indices.filter((other) => other !== index).map(BigInt);
    const numerator = others.reduce((product, x) => scalarField.mul(product, x), 1n);
    const denominator = others.reduce(
      (product, x) => scalarField.mul(product, scalarField.create(x - BigInt(index))),
      1n,
    );
    return scalarField.mul(numerator, scalarField.inv(denominator));
  });
}
