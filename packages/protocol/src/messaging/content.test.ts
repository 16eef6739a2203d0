import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../encoding/bytes.ts';
import { MalformedError } from '../pin/malformed.ts';
import { contentLimits, decodeMessage, encodeMessage, type KnownContent } from './content.ts';

const id = '3f333df6-90a4-4fda-8dd3-9485d27cee36';

const vectors = JSON.parse(
  readFileSync(new URL('../../../../vectors/message-content.json', import.meta.url), 'utf8'),
) as {
  valid: { json: string; content: KnownContent }[];
  unknown: string[];
  silent: string[];
  malformed: string[];
};

describe('the vectors', () => {
  test.each(vectors.valid)('$content.kind is written and read as the vector says', ({ json, content }) => {
    expect(encodeMessage({ id, content })).toEqual(utf8(json));
    expect(decodeMessage(utf8(json))).toEqual({ id, content });
  });

  test.each(vectors.unknown)('%s is kept as unknown: a newer client said it', (json) => {
    const content = { kind: 'unknown', isSilent: false, plaintext: utf8(json) };
    expect(decodeMessage(utf8(json))).toEqual({ id, content });
  });

  test.each(vectors.silent)('%s is kept too, and its sender says that it is no line', (json) => {
    expect(decodeMessage(utf8(json))).toMatchObject({ content: { kind: 'unknown', isSilent: true } });
  });

  test.each(vectors.malformed)('%s is malformed', (json) => {
    expect(() => decodeMessage(utf8(json))).toThrow(MalformedError);
  });
});

const base58 = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'123ABCXYZabcxyz'), minLength, maxLength });
const anyId = fc.uuid({ version: 4 });
const anyContent: fc.Arbitrary<KnownContent> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    text: fc.string({ minLength: 1, unit: 'grapheme', maxLength: 200 }),
    replyTo: fc.option(anyId),
  }),
  fc.record({
    kind: fc.constant('reaction' as const),
    messageId: anyId,
    emoji: fc.option(fc.constantFrom('👍', '❤️', '👩‍👩‍👧')),
  }),
  fc.record({
    kind: fc.constant('profile' as const),
    name: fc.string({ minLength: 1, maxLength: 60 }),
    picture: fc.option(fc.uint8Array({ minLength: 1, maxLength: 500 })),
  }),
  fc.record({
    kind: fc.constant('transfer' as const),
    signature: base58(64, 88),
    mint: fc.option(base58(32, 44)),
    amount: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
    symbol: fc.string({ minLength: 1, maxLength: 10 }),
    decimals: fc.nat({ max: 255 }),
    memo: fc.option(fc.string({ minLength: 1, maxLength: 100 })),
  }),
  fc.record({ kind: fc.constant('read' as const), throughMs: fc.maxSafeNat() }),
  fc.record({ kind: fc.constant('delete' as const), messageId: anyId }),
);

test('whatever is written is read back as it was', () => {
  fc.assert(
    fc.property(anyContent, (content) => {
      expect(decodeMessage(encodeMessage({ id, content }))).toEqual({ id, content });
    }),
  );
});

test('whatever comes is content, unknown or malformed, never another failure', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.json().map(utf8)), (bytes) => {
      try {
        expect(decodeMessage(bytes)).toHaveProperty('content');
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
  );
});

test('a receiver takes a text up to the limit and no longer one', () => {
  const saying = (text: string) => encodeMessage({ id, content: { kind: 'text', text, replyTo: null } });
  const longest = 'x'.repeat(contentLimits.text);
  expect(saying(longest)).toBeInstanceOf(Uint8Array);
  expect(() => saying(`${longest}x`)).toThrow(MalformedError);
});
