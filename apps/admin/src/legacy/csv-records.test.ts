import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CsvRecord, csvRecords, NotTextError } from './csv-records.ts';

async function read(text: string | Uint8Array, partBytes = 7): Promise<CsvRecord[]> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const records: CsvRecord[] = [];
  for await (const record of csvRecords(inParts(bytes, partBytes))) records.push(record);
  return records;
}
async function* inParts(bytes: Uint8Array, partBytes: number) {
  for (let start = 0; start < bytes.length; start += partBytes)
    yield bytes.subarray(start, start + partBytes);
}

test('records keep the number of the line they begin on, whatever stands in quotes', async () => {
  expect(await read('\ufeffphone,name\r\n+1,"a, b"\n\n"x""y","two\nlines"\n,\nlast,one')).toEqual([
    { line: 1, fields: ['phone', 'name'] },
    { line: 2, fields: ['+1', 'a, b'] },
    { line: 4, fields: ['x"y', 'two\nlines'] },
    { line: 6, fields: ['', ''] },
    { line: 7, fields: ['last', 'one'] },
  ]);
});

test.each(['a"b,c', '"a"b,c', '"a,c', 'a\rb,c'])('%j is no record, and the next line is', async (broken) => {
  const [first, ...rest] = await read(`${broken}\nnext,one\n`);
  expect(first).toEqual({ line: 1, fields: null });
  // A quote that is never closed swallows what follows: it is one broken record.
  expect(rest).toEqual(broken === '"a,c' ? [] : [{ line: 2, fields: ['next', 'one'] }]);
});

test('what is written by the rules is read back', async () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'é', '😀'), maxLength: 6 });
  const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), async (rows, partBytes) => {
      const text = rows
        .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
        .join('\r\n');
      expect((await read(text, partBytes)).map(({ fields }) => fields)).toEqual(rows);
    }),
  );
});

test('a record beyond the bound is refused without being held, and the file goes on behind it', async () => {
  const long = 'x'.repeat(300_000);
  expect(await read(`a,b\n${long},b\nc,d\n`, 4096)).toEqual([
    { line: 1, fields: ['a', 'b'] },
    { line: 2, fields: null },
    { line: 3, fields: ['c', 'd'] },
  ]);
});

test('what is not UTF-8 is no file to import', async () => {
  await expect(read(Uint8Array.of(0x61, 0xff, 0x0a))).rejects.toBeInstanceOf(NotTextError);
});
