import { encode } from 'cborg';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHex } from '../../encoding/text.ts';
import { type CborValue, decodeCbor, encodeCbor } from './cbor.ts';

const { value } = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.maxSafeNat(),
    fc.constantFrom(23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32),
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.array(tie('value'), { maxLength: 30 }),
    fc
      .uniqueArray(fc.tuple(fc.string({ unit: 'binary', maxLength: 30 }), tie('value')), {
        selector: ([key]) => key,
        maxLength: 30,
      })
      .map((entries) => new Map(entries)),
  ),
}));

test('every value is encoded as the library for all of CBOR encodes it, keys in the order of the map', () => {
  fc.assert(
    fc.property(value, (anything) => {
      // The library sorts the keys of a map unless it is told not to.
      expect(toHex(encodeCbor(anything))).toBe(toHex(encode(anything, { mapSorter: () => 0 })));
    }),
    { numRuns: 1000 },
  );
});

test('what is encoded decodes to the same value', () => {
  fc.assert(
    fc.property(value, (anything) => {
      expect(decodeCbor(encodeCbor(anything))).toEqual(anything);
    }),
  );
});

test.each([-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s', (number) => {
  expect(() => encodeCbor([number])).toThrow(RangeError);
});
