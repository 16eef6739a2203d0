import { seededRandom } from '@hexkey/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../encoding/secret.ts';
import type { OprfProof } from '../wire/answers.ts';
import { type DleqStatement, proveDleq, verifyDleq } from './dleq.ts';
import { generator, pointBytes, pointOf, randomScalar, scalarBytes } from './group.ts';
import { blindInput, computeOprf, evaluateBlinded, finalizeOprf } from './oprf.ts';

function proven(seed: number): { statement: DleqStatement; proof: OprfProof; key: bigint } {
  const random = seededRandom(String(seed));
  const key = randomScalar(random);
  const privateKey = new Secret(scalarBytes(key));
  const { blindedInput } = blindInput(new Secret(random(32)), random);
  const statement = {
    blindedInput,
    publicKey: pointBytes(generator.multiply(key)),
    blindedResult: evaluateBlinded(privateKey, blindedInput),
  };
  return { statement, proof: proveDleq(privateKey, statement, random), key };
}

describe('proof that a node used its key', () => {
  test('holds for the key of the public key', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { statement, proof } = proven(seed);
        expect(verifyDleq(statement, proof)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  test('fails for another key, input, result or proof, and for one changed bit anywhere', () => {
    const { statement, proof } = proven(1);
    const other = proven(2);
    const { blindedInput, blindedResult, publicKey } = other.statement;
    expect(verifyDleq({ ...statement, publicKey }, proof)).toBe(false);
    expect(verifyDleq({ ...statement, blindedInput }, proof)).toBe(false);
    expect(verifyDleq({ ...statement, blindedResult }, proof)).toBe(false);
    expect(verifyDleq(statement, other.proof)).toBe(false);
    fc.assert(
      fc.property(fc.constantFrom('c', 'betaZ'), fc.nat(255), (field, bit) => {
        const changed = Uint8Array.from(proof[field as keyof OprfProof]);
        changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(verifyDleq(statement, { ...proof, [field]: changed })).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  test('random bytes in place of any part are no proof and no exception', () => {
    const { statement, proof } = proven(3);
    const bytes = fc.uint8Array({ minLength: 0, maxLength: 40 });
    fc.assert(
      fc.property(bytes, (noise) => {
        expect(verifyDleq({ ...statement, publicKey: noise }, proof)).toBe(false);
        expect(verifyDleq(statement, { ...proof, betaZ: noise })).toBe(false);
      }),
    );
  });
});

describe('blinded evaluation', () => {
  test('gives what the whole key gives, whatever the blinding factor', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.integer(), (bytes, seed) => {
        const random = seededRandom(String(seed));
        const input = new Secret(bytes);
        const key = randomScalar(random);
        const { blindedInput, blindingFactor } = blindInput(input, random);
        const result = pointOf(evaluateBlinded(new Secret(scalarBytes(key)), blindedInput));
        expect(finalizeOprf(input, blindingFactor, result).reveal()).toEqual(
          computeOprf(input, new Secret(key)).reveal(),
        );
      }),
      { numRuns: 20 },
    );
  });

  test('the identity, a non-canonical input and a zero key are refused', () => {
    const key = new Secret(scalarBytes(5n));
    expect(() => evaluateBlinded(key, new Uint8Array(32))).toThrow(RangeError);
    expect(() => evaluateBlinded(key, new Uint8Array(32).fill(255))).toThrow(RangeError);
    const input = pointBytes(generator);
    expect(() => evaluateBlinded(new Secret(new Uint8Array(32)), input)).toThrow(RangeError);
    expect(() => evaluateBlinded(new Secret(new Uint8Array(32).fill(255)), input)).toThrow(RangeError);
  });
});
