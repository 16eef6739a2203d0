import { DomainError } from '@hexkey/contract';
import { toBase64url } from '@hexkey/protocol';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { Holding, Shown } from './holding.ts';

type Scalar = string | number | boolean | null;
type Row = Readonly<Record<string, unknown>>;
export type ShownRecord = Record<string, Scalar>;

/** A phone number, from the id of its row and what rests there. */
export type OpenNumber = (rowId: string, sealed: Uint8Array) => string;

export const pageLength = 200;

/**
 * A page of one holding, as its owner is shown it.
 * @param after `next` of the page before
 * @throws {DomainError} `InvalidField` (after)
 */
export async function readHolding(
  db: Kysely<Tables>,
  openNumber: OpenNumber,
  holding: Holding,
  accountId: string,
  after: string | undefined,
): Promise<{ records: ShownRecord[]; next: string | null }> {
  const columns = [...new Set([...Object.keys(holding.show), ...holding.key, ...rowId(holding)])];
  const key = sql.join(holding.key.map((column) => sql`cast(${sql.ref(column)} as text)`));
  const from = after === undefined ? null : readCursor(after, holding.key.length);
  const beyond = from === null ? sql`` : sql`and (${key}) > (${sql.join(from.map((part) => sql`${part}`))})`;
  const { rows } = await sql<Row>`
    select ${sql.join(columns.map((column) => sql.ref(column)))}
    from ${sql.table(holding.table)}
    where (${holding.own(accountId)}) ${beyond}
    order by ${key} limit ${pageLength + 1}`.execute(db);
  const page = rows.slice(0, pageLength);
  const people = await hexkeyIdsIn(db, holding, page);
  const last = page.at(-1);
  return {
    records: page.map((row) => showRow(openNumber, holding, row, people)),
    next: rows.length > pageLength && last ? writeCursor(holding.key.map((column) => last[column])) : null,
  };
}

/** A sealed number opens with the id of its row. */
const rowId = ({ show }: Holding) => (Object.values(show).includes('phone') ? ['id'] : []);

function showRow(
  openNumber: OpenNumber,
  { show }: Holding,
  row: Row,
  people: ReadonlyMap<string, string>,
): ShownRecord {
  const shown: ShownRecord = {};
  for (const [column, how] of Object.entries(show) as [string, Shown][])
    shown[nameOf(column, how)] = showValue(openNumber, row, row[column], how, people);
  return shown;
}

/** `created_at_ms` is `created_at` once it is a date. */
function nameOf(column: string, how: Shown): string {
  if (how === 'time') return column.replace(/_ms$/, '');
  if (how === 'length') return `${column}_bytes`;
  if (how === 'phone') return 'phone';
  return how === 'person' ? column.replace(/(_account)?_id$/, '_hexkey_id') : column;
}

function showValue(
  openNumber: OpenNumber,
  row: Row,
  value: unknown,
  how: Shown,
  people: ReadonlyMap<string, string>,
): Scalar {
  if (value === null || value === undefined) return null;
  if (how === 'time') return new Date(Number(value)).toISOString();
  if (value instanceof Uint8Array) {
    if (how === 'phone') return openNumber(String(row.id), value);
    return how === 'length' ? value.length : toBase64url(Uint8Array.from(value));
  }
  if (how === 'person') return people.get(String(value)) ?? null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return String(value);
}

async function hexkeyIdsIn(
  db: Kysely<Tables>,
  { show }: Holding,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, string>> {
  const columns = Object.entries(show).filter(([, how]) => how === 'person');
  const ids = new Set(
    rows.flatMap((row) => columns.map(([column]) => row[column])).filter((id) => id !== null),
  );
  if (ids.size === 0) return new Map();
  const found = await db
    .selectFrom('accounts')
    .select(['id', 'hexkey_id'])
    .where('id', 'in', [...ids].map(String))
    .execute();
  return new Map(found.map(({ id, hexkey_id }) => [id, hexkey_id]));
}

const writeCursor = (key: readonly unknown[]) =>
  Buffer.from(JSON.stringify(key.map(String)), 'utf8').toString('base64url');

function readCursor(text: string, length: number): readonly string[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    // PostgreSQL takes no text with a NUL in it.
    const isPart = (part: unknown) => typeof part === 'string' && !part.includes('\0');
    if (Array.isArray(key) && key.length === length && key.every(isPart)) return key as string[];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new DomainError('InvalidField', { field: 'after', problem: 'no end of a page' });
}
