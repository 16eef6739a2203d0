import type { LegacyRow } from '@hexkey/contract';
import { UsageError } from '../usage-error.ts';
import { csvRecords, NotTextError } from './csv-records.ts';

const columns = ['phone', 'hash', 'name', 'reference'] as const;
type Column = (typeof columns)[number];
const needed: readonly Column[] = ['phone', 'hash'];
const longest: Readonly<Record<Column, number>> = { phone: 64, hash: 1024, name: 512, reference: 512 };

/** `record`: not as many fields as the head has, a quote out of place, or a field beyond all measure. */
export type FileRow = LegacyRow | { readonly line: number; readonly problem: 'record' };

/**
 * The rows of an import, in the order of the file. The head names the columns; none of the file's contents is in an error.
 * @throws {UsageError} the head is missing or names something else; the file is not there or no text
 */
export async function* legacyRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<FileRow> {
  let head: readonly Column[] | null = null;
  try {
    for await (const { line, fields } of csvRecords(bytes)) {
      if (head === null) head = headOf(fields);
      else yield rowOf(head, line, fields);
    }
  } catch (error) {
    if (error instanceof NotTextError) throw new UsageError(error.message);
    const { code } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'EACCES', 'EISDIR'].includes(code ?? ''))
      throw new UsageError(`the file cannot be read (${code})`);
    throw error;
  }
  if (head === null) throw new UsageError('the file is empty');
}

function headOf(fields: readonly string[] | null): readonly Column[] {
  const head = (fields ?? []).map((name) => columns.find((column) => column === name));
  const isGood =
    head.every((column) => column !== undefined) &&
    new Set(head).size === head.length &&
    needed.every((column) => head.includes(column));
  if (!isGood)
    throw new UsageError('the first line must name the columns: phone and hash, perhaps name and reference');
  return head as readonly Column[];
}

function rowOf(head: readonly Column[], line: number, fields: readonly string[] | null): FileRow {
  const isRow =
    fields !== null &&
    fields.length === head.length &&
    head.every((column, index) => (fields[index] as string).length <= longest[column]);
  if (!isRow) return { line, problem: 'record' };
  const textOf = (column: Column) => fields[head.indexOf(column)] ?? '';
  return {
    line,
    phone: textOf('phone'),
    hash: textOf('hash'),
    name: textOf('name'),
    reference: textOf('reference'),
  };
}
