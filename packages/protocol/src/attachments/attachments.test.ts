import { seededRandom } from '@hexkey/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concatBytes } from '../encoding/bytes.ts';
import { Secret } from '../encoding/secret.ts';
import { attachmentLayout } from './attachment-layout.ts';
import { headerBytes } from './content-encoding.ts';
import { attachmentOpener, openAttachment } from './open-attachment.ts';
import { paddedLength } from './padme.ts';
import { attachmentSealer, newAttachmentSecrets } from './seal-attachment.ts';

const random = seededRandom('attachments');
const recordData = 65_519;
const sizes = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: recordData - 3, max: recordData + 3 }),
  fc.integer({ min: 2 * recordData - 3, max: 4 * recordData }),
);

function contentOf(sizeBytes: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: sizeBytes }, (_, index) => (index * 31 + (index >> 8)) & 0xff);
}

/** `toEqual` takes seconds over so many bytes. */
function isSame(found: Uint8Array | null, expected: Uint8Array): boolean {
  return found !== null && Buffer.from(found).equals(expected);
}

function sealAll(content: Uint8Array, secrets = newAttachmentSecrets(random)) {
  const layout = attachmentLayout(content.length);
  const sealer = attachmentSealer(secrets, content.length);
  const records = Array.from({ length: layout.recordCount }, (_, record) => {
    const { start, end } = layout.contentOf(record);
    return sealer.sealRecord(record, content.subarray(start, end));
  });
  return { secrets, layout, sealed: concatBytes(sealer.header, ...records) };
}

test('lengths are padded as the paper of Padmé computes them', () => {
  const byMasks = (length: number) => {
    const exponent = Math.floor(Math.log2(length));
    const mask = (1 << (exponent - Math.floor(Math.log2(exponent)) - 1)) - 1;
    return (length + mask) & ~mask;
  };
  for (let length = 2; length < 20_000; length += 1) expect(paddedLength(length)).toBe(byMasks(length));
  expect([0, 1, 9, 1000, 1025].map(paddedLength)).toEqual([0, 1, 10, 1024, 1088]);
  expect(paddedLength(2 ** 40 + 1)).toBe(2 ** 40 + 2 ** 34);
});

test('padding is at most 12 %, keeps order, and is padded no further', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 45 }), (length) => {
      const padded = paddedLength(length);
      expect(padded).toBeGreaterThanOrEqual(length);
      expect(padded).toBeLessThanOrEqual(length * 1.12);
      expect(paddedLength(padded)).toBe(padded);
      expect(paddedLength(length + 1)).toBeGreaterThanOrEqual(padded);
    }),
  );
});

test('what was sealed opens, has the announced length, and the same again is the same bytes', () => {
  fc.assert(
    fc.property(sizes, (sizeBytes) => {
      const content = contentOf(sizeBytes);
      const { secrets, layout, sealed } = sealAll(content);
      expect(sealed.length).toBe(layout.sealedBytes);
      expect(isSame(openAttachment(secrets.key, sealed, sizeBytes), content)).toBe(true);
      expect(isSame(sealAll(content, secrets).sealed, sealed)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('two contents of one padded length are of one length when sealed', () => {
  expect(paddedLength(1000)).toBe(paddedLength(1023));
  expect(sealAll(contentOf(1000)).sealed.length).toBe(sealAll(contentOf(1023)).sealed.length);
});

test('the records of any stretch of the content hold just that stretch', () => {
  fc.assert(
    fc.property(sizes, fc.nat(), fc.nat(), (sizeBytes, one, other) => {
      const content = contentOf(sizeBytes);
      const { secrets, layout, sealed } = sealAll(content);
      const [start, end] = [one % (sizeBytes + 1), other % (sizeBytes + 1)].sort((a, b) => a - b) as [
        number,
        number,
      ];
      const records = layout.recordsOf({ start, end });
      const opener = attachmentOpener(secrets.key, sealed.subarray(0, headerBytes), sizeBytes);
      const opened: Uint8Array[] = [];
      for (let record = records.start; record < records.end; record += 1) {
        const place = layout.sealedOf(record);
        opened.push(opener?.openRecord(record, sealed.subarray(place.start, place.end)) as Uint8Array);
      }
      const from = layout.contentOf(records.start).start;
      const found = concatBytes(...opened).subarray(start - from, end - from);
      expect(isSame(found, content.subarray(start, end))).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('a changed byte anywhere is noticed', () => {
  const content = contentOf(recordData + 500);
  const { secrets, sealed } = sealAll(content);
  fc.assert(
    fc.property(fc.nat({ max: sealed.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = Uint8Array.from(sealed);
      changed[at] = (changed[at] as number) ^ change;
      expect(openAttachment(secrets.key, changed, content.length)).toBeNull();
    }),
    { numRuns: 60 },
  );
});

test('what is cut off, added, doubled or in another order is noticed', () => {
  const content = contentOf(3 * recordData);
  const { secrets, layout, sealed } = sealAll(content);
  const records = Array.from({ length: layout.recordCount }, (_, record) => {
    const { start, end } = layout.sealedOf(record);
    return sealed.subarray(start, end);
  }) as [Uint8Array, Uint8Array, Uint8Array];
  const header = sealed.subarray(0, headerBytes);
  const open = (parts: readonly Uint8Array[], sizeBytes = content.length) =>
    openAttachment(secrets.key, concatBytes(header, ...parts), sizeBytes);
  const [first, second, third, ...rest] = records as Uint8Array[] as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    ...Uint8Array[],
  ];
  expect(isSame(open([first, second, third, ...rest]), content)).toBe(true);
  expect(open([second, first, third, ...rest])).toBeNull();
  expect(open([first, first, third, ...rest])).toBeNull();
  expect(open([first, second, third, ...rest, Uint8Array.of(0)])).toBeNull();
  expect(open([first, second])).toBeNull();
});

test('a length that the sender did not say, also one whose records would end there, opens nothing', () => {
  const content = contentOf(2 * recordData);
  const { secrets, layout, sealed } = sealAll(content);
  const { end } = layout.sealedOf(0);
  expect(openAttachment(secrets.key, sealed.subarray(0, end), recordData)).toBeNull();
  expect(openAttachment(secrets.key, sealed, content.length - 1)).toBeNull();
});

test('another key, and a header with another record size or a name for the key, open nothing', () => {
  const content = contentOf(10);
  const { secrets, sealed } = sealAll(content);
  expect(openAttachment(new Secret(random(32)), sealed, 10)).toBeNull();
  for (const [at, value] of [
    [17, 2],
    [20, 1],
  ] as const) {
    const header = Uint8Array.from(sealed.subarray(0, headerBytes));
    header[at] = value;
    expect(attachmentOpener(secrets.key, header, 10)).toBeNull();
  }
});

test('a record that is none opens nothing', () => {
  const { secrets, sealed } = sealAll(contentOf(10));
  const opener = attachmentOpener(secrets.key, sealed.subarray(0, headerBytes), 10);
  for (const record of [-1, 1, 0.5, Number.NaN])
    expect(opener?.openRecord(record, sealed.subarray(headerBytes))).toBeNull();
});
