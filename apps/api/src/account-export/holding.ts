import type { RawBuilder } from 'kysely';
import type { Tables } from '../database/tables.ts';

/**
 * How a column is shown. `time`: ms to ISO 8601. `bytes`: base64url. `length`: of what is encrypted, its bytes. `phone`: opened with the
 * server's key. `person`: the Hexkey ID of an account. `json`: a JSON text as it is.
 */
export type Shown = 'value' | 'time' | 'bytes' | 'length' | 'phone' | 'person' | 'json';

/** One table with records about accounts, and what its owner gets of it. Every column is in `show` or in `withhold`. */
export interface Holding {
  readonly table: keyof Tables;
  readonly about: string;
  /** Which rows are about the account. */
  readonly own: (accountId: string) => RawBuilder<boolean>;
  /** Columns whose values together name one row: uuid, text or integer. The order of the pages. */
  readonly key: readonly string[];
  readonly show: Readonly<Record<string, Shown>>;
  /** Why not. */
  readonly withhold: Readonly<Record<string, string>>;
}

interface Declared<Table extends keyof Tables> extends Omit<Holding, 'key' | 'show' | 'withhold'> {
  readonly table: Table;
  readonly key: readonly (keyof Tables[Table] & string)[];
  readonly show: Readonly<{ [Column in keyof Tables[Table]]?: Shown }>;
  readonly withhold: Readonly<{ [Column in keyof Tables[Table]]?: string }>;
}

/** Keeps the names of columns checked against the table. */
export const holding = <Table extends keyof Tables>(declared: Declared<Table>): Holding =>
  declared as Declared<Table> & Holding;
