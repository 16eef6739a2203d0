import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** The type of each column of some rows. */
export type ColumnTypes<R> = {
  readonly [C in keyof R]-?: 'uuid' | 'bigint' | 'boolean' | 'text' | 'bytea' | 'integer';
};

/**
 * Rows as one array parameter for each column, in the order of `types`: a statement over a hundred rows is as short, and as quickly made and
 * planned, as one over a single row, and no number of rows is too many for the parameters of a statement.
 */
export function unnest<R>(rows: readonly R[], types: ColumnTypes<R>): RawBuilder<unknown> {
  const columns = namesOf(types).map(
    (name) => sql`${rows.map((row) => row[name])}::${sql.raw(types[name])}[]`,
  );
  return sql`unnest(${sql.join(columns)})`;
}

/**
 * Inserts rows whose columns are all named. Bytes go as one parameter for all rows, which travels as it is; in an array they would be written out
 * in hex and read again.
 */
export async function insertRows<R>(
  db: Kysely<Tables>,
  table: keyof Tables,
  rows: readonly R[],
  types: ColumnTypes<R>,
): Promise<void> {
  if (rows.length === 0) return;
  const columns = namesOf(types).map((name) => {
    const [values, as] = [rows.map((row) => row[name]), sql.ref(String(name))];
    if (types[name] === 'bytea') return { as, ...bytesColumn(values as readonly Uint8Array[], as) };
    return { as, array: sql`${values}::${sql.raw(types[name])}[]`, value: as };
  });
  const join = (part: 'as' | 'array' | 'value') => sql.join(columns.map((column) => column[part]));
  await sql`insert into ${sql.table(table)} (${join('as')})
    select ${join('value')} from unnest(${join('array')}) as given (${join('as')})`.execute(db);
}

/** Byte strings behind one another; in its row each has its length and where it begins, in one number. */
function bytesColumn(
  values: readonly Uint8Array[],
  as: RawBuilder<unknown>,
): { readonly array: RawBuilder<unknown>; readonly value: RawBuilder<unknown> } {
  let from = 1;
  const places = values.map(({ length }) => {
    const place = from * placeUnit + length;
    from += length;
    return place;
  });
  const unit = sql.raw(String(placeUnit));
  const bytes = sql`${Buffer.concat(values)}::bytea`;
  return {
    array: sql`${places}::bigint[]`,
    value: sql`substring(${bytes} from (${as} / ${unit})::integer for (${as} % ${unit})::integer)`,
  };
}

/** More than any byte string of a row is long. */
const placeUnit = 2 ** 26;

function namesOf<R>(types: ColumnTypes<R>): (keyof R)[] {
  return Object.keys(types) as (keyof R)[];
}
