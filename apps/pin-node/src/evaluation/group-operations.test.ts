import { createHash } from 'node:crypto';
import { concatBytes, fromHex, toHex } from '@hexkey/protocol';
import { ristretto255 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { dleqDomain, type GroupOperations, groupOrder, littleEndian } from './group-operations.ts';
import { nobleGroup } from './noble-group.ts';
import { sodiumGroup } from './sodium-group.ts';

const { Point } = ristretto255;
const noble = nobleGroup();
let sodium: GroupOperations;
beforeAll(async () => {
  sodium = await sodiumGroup();
});

const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const scalar = octets(31).map((bytes) => concatBytes(bytes, new Uint8Array(1)));
const nonZeroScalar = scalar.filter((bytes) => bytes.some((byte) => byte !== 0));
const point = nonZeroScalar.map((bytes) => Point.BASE.multiply(littleEndian(bytes)).toBytes());

test('both groups give the same result and the same proof', () => {
  fc.assert(
    fc.property(nonZeroScalar, point, octets(64), (privateKey, blindedInput, entropy) => {
      const publicKey = noble.publicKeyOf(privateKey) ?? new Uint8Array(32);
      expect(sodium.publicKeyOf(privateKey)).toEqual(publicKey);
      const input = { privateKey, publicKey, blindedInput, entropy };
      expect(sodium.evaluate(input)).toEqual(noble.evaluate(input));
    }),
    { numRuns: 30 },
  );
});

test('the proof convinces whoever knows the public key, and no other key', () => {
  fc.assert(
    fc.property(nonZeroScalar, point, octets(64), (privateKey, blindedInput, entropy) => {
      const publicKey = sodium.publicKeyOf(privateKey) ?? new Uint8Array(32);
      const { blindedResult, proof } = sodium.evaluate({ privateKey, publicKey, blindedInput, entropy });
      const holds = (key: Uint8Array) => {
        const [c, z] = [littleEndian(proof.c), littleEndian(proof.betaZ)];
        const minus = (at: Uint8Array) => Point.fromBytes(at).multiplyUnsafe(groupOrder - c);
        const vt = Point.BASE.multiply(z).add(minus(key));
        const wt = Point.fromBytes(blindedInput).multiply(z).add(minus(blindedResult));
        const transcript = createHash('sha512')
          .update(dleqDomain)
          .update(concatBytes(blindedInput, key, blindedResult, vt.toBytes(), wt.toBytes()))
          .digest();
        return littleEndian(transcript) % groupOrder === c;
      };
      expect(holds(publicKey)).toBe(true);
      expect(holds(Point.BASE.toBytes())).toBe(toHex(publicKey) === toHex(Point.BASE.toBytes()));
    }),
    { numRuns: 10 },
  );
});

describe.each([
  ['sodium', () => sodium],
  ['noble', () => noble],
] as const)('the %s group', (_, group) => {
  // RFC 9496 appendix A.3, the first three of "non-canonical" and "negative" and one that is no square.
  test.each([
    ['the identity', '00'.repeat(32)],
    ['a non-canonical encoding', `00${'ff'.repeat(31)}`],
    ['a non-canonical encoding', `${'ff'.repeat(31)}7f`],
    ['a non-canonical encoding', `f3${'ff'.repeat(30)}7f`],
    ['a negative field element', `01${'00'.repeat(31)}`],
    ['a negative field element', `01${'ff'.repeat(30)}7f`],
    ['a non-square', '26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371'],
    ['too few bytes', '00'.repeat(31)],
  ])('takes %s for no point', (_name, hex) => {
    expect(group().isPoint(fromHex(hex))).toBe(false);
  });

  test('takes scalars below the group order only, and no public key from zero', () => {
    const order = Uint8Array.from(Buffer.from(groupOrder.toString(16), 'hex').reverse());
    const below = Uint8Array.from(Buffer.from((groupOrder - 1n).toString(16), 'hex').reverse());
    expect(group().isScalar(order)).toBe(false);
    expect(group().isScalar(new Uint8Array(32).fill(255))).toBe(false);
    expect(group().isScalar(below)).toBe(true);
    expect(group().isScalar(new Uint8Array(31))).toBe(false);
    expect(group().publicKeyOf(new Uint8Array(32))).toBeNull();
  });
});
